"""Wrong versions for q5: the softmax classifier in torch."""

from grader import mistake

# softmax ----------------------------------------------------------------------------------------------------

mistake("softmax", "softmax_over_examples",
        {"z.max(dim=1, keepdim=True)": "z.max(dim=0, keepdim=True)",
         "e.sum(dim=1, keepdim=True)": "e.sum(dim=0, keepdim=True)"},
        says="You normalise over the examples (dim=0); each row, dim=1, should sum to 1.")
mistake("softmax", "softmax_of_everything", {"e.sum(dim=1, keepdim=True)": "e.sum()"},
        says="You divide by the sum of all entries; divide each row by its own sum, with dim=1.")
mistake("softmax", "softmax_without_a_shift", {"torch.exp(z - z.max(dim=1, keepdim=True).values)": "torch.exp(z)"},
        says="Large logits overflow; subtract each row's largest logit first.")
mistake("softmax", "softmax_in_float32",
        {"return e / e.sum(dim=1, keepdim=True)": "return (e / e.sum(dim=1, keepdim=True)).float()"},
        says="You turn float64 into float32, which loses digits; keep the precision that you are given.")
mistake("softmax", "softmax_in_place",
        {"e = torch.exp(z - z.max(dim=1, keepdim=True).values)":
         "e = z.sub_(z.max(dim=1, keepdim=True).values).exp()"},
        says="Methods that end in _ change z itself; leave it alone with torch.exp(z - ...).")

# cross_entropy ----------------------------------------------------------------------------------------------

mistake("cross_entropy", "entropy_summed",
        {"(torch.logsumexp(z, dim=1) - z[torch.arange(len(y)), y]).mean()":
         "(torch.logsumexp(z, dim=1) - z[torch.arange(len(y)), y]).sum()"},
        says="You add the losses up; return their mean.")
mistake("cross_entropy", "entropy_of_the_wrong_sign",
        {"torch.logsumexp(z, dim=1) - z[torch.arange(len(y)), y]":
         "z[torch.arange(len(y)), y] - torch.logsumexp(z, dim=1)"},
        says="Your loss has the wrong sign; it is minus the logarithm of a probability.")
mistake("cross_entropy", "entropy_of_the_first_class", {"z[torch.arange(len(y)), y]": "z[:, 0]"},
        says="You take the logit of class 0 in each row; take that of the label.")
mistake("cross_entropy", "entropy_of_all_pairs", {"z[torch.arange(len(y)), y]": "z[:, y].mean(dim=1)"},
        says="z[:, y] takes every label's column in every row; index the rows too, z[torch.arange(len(y)), y].")
mistake("cross_entropy", "entropy_by_the_logarithm_of_softmax",
        {"torch.logsumexp(z, dim=1) - z[torch.arange(len(y)), y]":
         "-torch.log((torch.exp(z) / torch.exp(z).sum(dim=1, keepdim=True))[torch.arange(len(y)), y])"},
        says="exp overflows for large logits, and log(0) is −inf; use torch.logsumexp.")
mistake("cross_entropy", "entropy_with_a_small_number",
        {"torch.logsumexp(z, dim=1) - z[torch.arange(len(y)), y]":
         "-torch.log(torch.exp(z - torch.logsumexp(z, dim=1, keepdim=True))[torch.arange(len(y)), y] + c)"},
        free={"c": (1e-08, 1e-10, 1e-12, 1e-07)}, says="You add a small number inside the logarithm, which is wrong "
        "for improbable labels; use torch.logsumexp.")

# loss_and_gradients -----------------------------------------------------------------------------------------

mistake("loss_and_gradients", "gradients_exchanged",
        {"return loss.detach(), W.grad, b.grad": "return loss.detach(), b.grad, W.grad"},
        says="You exchange the gradients; return the loss, then that by W, then that by b.")
mistake("loss_and_gradients", "gradients_added_up",
        {"loss.backward()": "loss.backward(retain_graph=True)\nloss.backward()"},
        says="You call backward twice, and torch adds gradients up; call it once.")
mistake("loss_and_gradients", "gradients_without_b", {"X @ W + b": "X @ W + 0 * b"},
        says="Your logits lack b.")
mistake("loss_and_gradients", "gradients_of_the_sum", {"loss.backward()": "(loss * len(y)).backward()"},
        says="Your gradients are those of the sum of the losses; they should be those of the mean.")
mistake("loss_and_gradients", "gradients_as_steps",
        {"return loss.detach(), W.grad, b.grad": "return loss.detach(), -W.grad, -b.grad"},
        says="Your gradients have the wrong sign; they point uphill.")
