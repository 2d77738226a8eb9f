"""Mistakes for q3: the graph of single numbers.

Those that walk back in another way do so in place of the first statement of `backward`, and return.
"""

from grader import mistake

# backward ---------------------------------------------------------------------------------------------------

mistake("Value", "ValueOverwrites",
        [{"parent.grad += slope * node.grad": "parent.grad = slope * node.grad"},
         {"order: list[Value] = []": """
def send(node, arriving):
    node.grad = arriving
    for parent, slope in zip(node.parents, node.slopes):
        send(parent, slope * arriving)
send(self, 1.0)
return"""}],
        says="You set a node's gradient instead of adding to it, so when several paths lead back to a node only the "
             "last one counts; add with +=.")
mistake("Value", "ValueHandsOnTwice",
        [{"order: list[Value] = []": """
def send(node, arriving):
    node.grad += arriving
    for parent, slope in zip(node.parents, node.slopes):
        send(parent, slope * node.grad)
send(self, 1.0)
return"""},
         {"order: list[Value] = []": """
self.grad, queue = 1.0, [self]
for node in queue:
    for parent, slope in zip(node.parents, node.slopes):
        parent.grad += slope * node.grad
        queue.append(parent)
return"""}],
        says="Each visit passes on the whole gradient gathered so far, so what arrived by an earlier path is passed on "
             "twice; pass it on once, when all of it has arrived.")
mistake("Value", "ValueBreadthFirst",
        [{"order: list[Value] = []": """
self.grad, queue = 1.0, [self]
for node in queue:
    for parent, slope in zip(node.parents, node.slopes):
        parent.grad += slope * node.grad
        if parent not in queue:
            queue.append(parent)
return"""},
         {"order: list[Value] = []": """
self.grad, stack, seen = 1.0, [self], {self}
while stack:
    node = stack.pop()
    for parent, slope in zip(node.parents, node.slopes):
        parent.grad += slope * node.grad
        if parent not in seen:
            seen.add(parent)
            stack.append(parent)
return"""},
         {"order: list[Value] = []": """
def send(node, seen):
    seen.add(node)
    for parent, slope in zip(node.parents, node.slopes):
        parent.grad += slope * node.grad
        if parent not in seen:
            send(parent, seen)
self.grad = 1.0
send(self, set())
return"""}],
        says="A node passes its gradient on as soon as it is first reached, which is too early where another path also "
             "leads to it; it has to wait for every gate that it feeds.")
mistake("Value", "ValueOneStepBack", {"reversed(order)": "[self]"},
        says="Your backward() reaches only the inputs of the last gate; each of them has to pass its "
             "gradient on in turn.")
mistake("Value", "ValueWithoutStart", {"self.grad += 1.0": ""},
        says="You never set the output's own gradient, so it stays 0 and nothing flows back; set it to 1.")
mistake("Value", "ValueStartsEverywhere", {"self.grad = 0.0": "self.grad = 1.0"},
        says="Every node's gradient starts at 1; start at 0, and let backward() set only the output's to 1.")
mistake("Value", "ValueStartsWithItsData", {"self.grad += 1.0": "self.grad += self.data"},
        says="The output's own gradient is its data in your backward(); the slope of f by f is 1.")
mistake("Value", "ValueWithoutChain", {"slope * node.grad": "slope"},
        says="You add the local slope alone; multiply it by the gradient of the gate's result (the chain "
             "rule).")
mistake("Value", "ValueAddsInChain", {"slope * node.grad": "(slope + node.grad)"},
        says="You add the local slope to the gradient of the gate's result; multiply the two (the chain "
             "rule).")
mistake("Value", "ValueTimesData", {"slope * node.grad": "slope * node.grad * node.data"},
        says="You multiply by the node's data on the way back; multiply the slope by the node's gradient "
             "alone.")
mistake("Value", "ValueParentsInADictionary",
        {"zip(node.parents, node.slopes, strict=True)": "dict(zip(node.parents, node.slopes)).items()"},
        says="You keep slopes in a dictionary by node, so a node that a gate uses twice, as in a·a, counts "
             "only once; keep a list.")
mistake("Value", "ValueFirstParentOnly",
        {"zip(node.parents, node.slopes, strict=True)": "zip(node.parents[:1], node.slopes[:1])"},
        says="You send the gradient to the first input of each gate only; the second one needs its share "
             "too.")

# gates ------------------------------------------------------------------------------------------------------

mistake("Value", "ValueMultipliesWithoutSwitching", {"(other.data, self.data)": "(self.data, other.data)"},
        says="You give each input of a product its own data as slope; multiplication switches, so the slope "
             "of ab by a is b, and by b it is a.")
mistake("Value", "ValueMultipliesLikeAdd", {"(other.data, self.data)": "(1.0, 1.0)"},
        says="Your product passes the gradient on as a sum does; the slope of ab by a is b, and by b it is "
             "a.")
mistake("Value", "ValueAddsLikeMultiply", {"(1.0, 1.0)": "(other.data, self.data)"},
        says="Your sum passes the gradient on as a product does; the slope of a + b is 1 by both.")
mistake("Value", "ValueAddSharesTheGradient", {"(1.0, 1.0)": "(0.5, 0.5)"},
        says="Your sum halves the gradient between its inputs; both slopes are 1, so each gets all of it.")
mistake("Value", "ValueMaxToBoth", {"(first, 1.0 - first)": "(1.0, 1.0)"},
        says="Your max sends the gradient to both inputs; only the larger one gets it.")
mistake("Value", "ValueMaxToBothAtATie",
        {"(first, 1.0 - first)": "(first, 1.0 if other.data >= self.data else 0.0)"},
        says="At a tie your max sends the whole gradient to both inputs; the two shares should add up to 1.")
mistake("Value", "ValueMaxToNoneAtATie",
        {"(first, 1.0 - first)": "(1.0 if self.data > other.data else 0.0, 1.0 - first)"},
        says="At a tie your max sends the gradient to neither input; the two shares should add up to 1.")
mistake("Value", "ValueMaxToTheSmaller", {"(first, 1.0 - first)": "(1.0 - first, first)"},
        says="Your max sends the gradient to the smaller input; the larger one gets it.")
mistake("Value", "ValueMaxToTheFirst", {"(first, 1.0 - first)": "(1.0, 0.0)"},
        says="Your max always sends the gradient to its first input; the larger one gets it.")
mistake("Value", "ValueMaxTimesData",
        {"(first, 1.0 - first)": "(first * self.data, (1.0 - first) * other.data)"},
        says="Your max multiplies the gradient by the larger input; its slope by that input is 1.")
mistake("Value", "ValueMaxIsMin", {"max(self.data, other.data)": "min(self.data, other.data)"},
        says="Your max returns the smaller number.")
mistake("Value", "ValueReciprocalRises", {"-1.0 / self.data ** 2": "1.0 / self.data ** 2"},
        says="The slope of 1/x is −1/x²; yours lacks the minus sign.")
mistake("Value", "ValueReciprocalNotSquared", {"self.data ** 2": "self.data"},
        says="The slope of 1/x is −1/x²; you divide by x only once.")
mistake("Value", "ValueReciprocalSlopeOfTheResult", {"self.data ** 2": "(1.0 / self.data) ** 2"},
        says="You divide by the square of the result; the slope of 1/x is −1/x², with the gate's input x.")
mistake("Value", "ValueReciprocalSlopeIsALogarithm", {"-1.0 / self.data ** 2": "np.log(np.abs(self.data))"},
        says="You use log x, the integral of 1/x; its slope is −1/x².")
mistake("Value", "ValueExpTimesInput", {"(power,)": "(self.data,)"},
        says="The slope of e^x is e^x, the gate's result; you multiply by its input x.")
mistake("Value", "ValueExpAsAPower", {"(power,)": "(self.data * np.exp(self.data - 1),)"},
        says="You use the power rule, x·e^{x−1}; the slope of e^x is e^x itself.")
mistake("Value", "ValueExpPassesOn", {"(power,)": "(1.0,)"},
        says="Your exp passes the gradient on unchanged; multiply it by e^x, the gate's result.")
mistake("Value", "ValueExpOfTheResult", {"(power,)": "(np.exp(power),)"},
        says="You exponentiate the gate's result once more for the slope; the slope of e^x is e^x, the "
             "result itself.")
