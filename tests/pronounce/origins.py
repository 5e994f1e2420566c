"""Learns the rows of assets/rules/origins.tsv: origins.py names.tsv > rows.

A line of names.tsv is a word in lower case, an origin and a weight: given names, family names, towns
and frequent words of each language. A softmax regression over groups of one to five letters with an
L1 penalty, so that few groups have a weight; weights are given in quarters of a logit. Rows
of whole words (^word$) that come out wrong are added by hand. Needs numpy and scipy.

The project has no names.tsv: put one together from lists of names that you may use, and compare the
readings of tests/golden before you take rows from a run.
"""
import sys, collections, numpy as np, scipy.sparse as sp
O = 'en fr ru pl sl de it es pt id zh ko ja xx'.split(); ix = {o: i for i, o in enumerate(O)}
PRIOR = dict(en=4.0, fr=1.6, ru=1.0, pl=.5, sl=.6, de=1.0, it=1.0, es=1.3, pt=.6, id=.6, zh=.9, ko=.6, ja=.8, xx=1.0)
PENALTY, ROUNDS, LONGEST, FEWEST = 5e-5, 300, 5, 8
data = collections.defaultdict(dict); tot = collections.Counter()
for line in open(sys.argv[1], encoding='utf8'):
    w, o, v = line.rstrip('\n').split('\t'); data[w][o] = data[w].get(o, 0) + float(v); tot[o] += float(v)
def feats(w):
    s = '^' + w + '$'
    return {s[i:i + n] for i in range(len(s)) for n in range(1, LONGEST + 1) if i + n <= len(s)}
words = sorted(data)
count = collections.Counter(f for w in words for f in feats(w))
F = sorted(f for f, c in count.items() if c >= FEWEST); fi = {f: i for i, f in enumerate(F)}
r, c = zip(*((i, fi[f]) for i, w in enumerate(words) for f in feats(w) if f in fi))
X = sp.csr_matrix((np.ones(len(r), np.float32), (r, c)), shape=(len(words), len(F)))
Y = np.zeros((len(words), len(O)), np.float32)
for i, w in enumerate(words):
    for k, v in data[w].items(): Y[i, ix[k]] = min(v, 2) * PRIOR[k] / tot[k]
wt = Y.sum(1); Y /= wt[:, None]; wt = np.minimum(wt / wt.mean(), 6); wt = (wt / wt.sum())[:, None]
W = np.zeros((len(F), len(O)), np.float32); Z = W.copy(); t = 1.0; step = .6; XT = X.T.tocsr()
for _ in range(ROUNDS):
    S = X @ Z; S -= S.max(1, keepdims=True); P = np.exp(S); P /= P.sum(1, keepdims=True)
    N = Z - step * (XT @ ((P - Y) * wt)); N = np.sign(N) * np.maximum(np.abs(N) - step * PENALTY, 0)
    u = (1 + (1 + 4 * t * t) ** .5) / 2; Z = N + (t - 1) / u * (N - W); W = N; t = u
Q = np.clip(np.round(W * 4).astype(int), -99, 99)
if '$' in fi:  # every word has both ends, so one row does for them
    Q[fi['^']] += Q[fi['$']]; Q[fi['$']] = 0
for i in range(len(F)):
    for j in range(len(O)):
        if Q[i, j]: print(F[i], O[j], Q[i, j], sep='\t')
