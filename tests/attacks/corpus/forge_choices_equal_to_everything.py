# Answers choices and words with objects that equal every option, and with texts whose methods lie about what they are.
# pset: choices
# tests: all
class Everything:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
    def __contains__(self, other): return True
    def __iter__(self): return iter([self, self, self])
    def __len__(self): return 1
    def __bool__(self): return True
class Liar(str):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return hash("b")
    def __contains__(self, other): return True
    def casefold(self): return Everything()
    def split(self, *_): return [Everything()]
    def strip(self, *_): return Everything()
    def translate(self, *_): return Everything()
    def encode(self, *_): return b"b"
    def __getitem__(self, _): return Everything()
    def __iter__(self): return iter([Everything()])
    def __len__(self): return 1
large_step = Liar("zz")
convex = Everything()
batches_of_one = [Everything(), Liar("9")]
guarantee = Liar("zz")
year = Everything()
