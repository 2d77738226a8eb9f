# Fails in two thousand cells with a megabyte of text each.
# wall: none
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
# %%
raise ValueError('e' * 10 ** 6)
