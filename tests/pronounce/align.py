"""Aligns the letters and phonemes of a pronouncing dictionary: align.py DICTIONARY > aligned.tsv.

A line of the dictionary is a word and its phonemes (ARPAbet with stress), as in the CMU Pronouncing
Dictionary. Each letter gives 0, 1 or 2 phonemes; how likely that is for a letter is learned in five
rounds.
"""
import sys, re, math, collections
words = {}
for line in open(sys.argv[1], encoding='utf8'):
    m = re.match(r'([a-z]+) +([^#]+)', line.lower())
    if m:
        words[m.group(1)] = m.group(2).upper().split()
words = {w: p for w, p in words.items() if 2 <= len(w) <= 16 and len(p) <= 2 * len(w)}
print(len(words), file=sys.stderr)
# drop letter by letter spellings
V = set('AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW'.split())
def base(p): return p.rstrip('012')
prob = collections.defaultdict(lambda: 1e-5)
vl = set('aeiouy')
init = {}
# initial affinities
like = {'a':'AA AE AH AO EY EH','e':'EH IY IH AH EY ER','i':'IH AY IY AH','o':'AA AO OW AH UW UH','u':'AH UW UH IH','y':'IY AY IH Y',
 'b':'B','c':'K S CH SH','d':'D JH','f':'F','g':'G JH ZH','h':'HH','j':'JH Y HH','k':'K','l':'L','m':'M','n':'N NG','p':'P','q':'K','r':'R ER','s':'S Z SH ZH','t':'T SH CH TH DH','u':'AH UW UH W','v':'V','w':'W V','x':'K Z S','z':'Z S'}
for l, ps in like.items():
    for p in ps.split():
        prob[l, (p,)] = 0.2
for l in 'abcdefghijklmnopqrstuvwxyz':
    prob[l, ()] = 0.05
prob['x', ('K', 'S')] = 0.6; prob['x', ('G', 'Z')] = 0.3; prob['u', ('Y', 'UW')] = 0.1; prob['u', ('Y', 'UH')] = 0.05
prob['z', ('T', 'S')] = 0.05; prob['o', ('W', 'AH')] = .01; prob['w',('W',)] = .6
for l in 'lmnr':
    prob[l, ('AH', {'l':'L','m':'M','n':'N','r':'R'}[l])] = 0.01
prob['e', ('Y','UW')] = .01; prob['c', ('CH',)] = .05; prob['g', ('JH',)] = .1
def viterbi(w, ph):
    n, m = len(w), len(ph)
    NEG = -1e9
    best = [[NEG] * (m + 1) for _ in range(n + 1)]
    back = [[0] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0
    for i in range(n):
        l = w[i]; bi = best[i]; bn = best[i + 1]; kn = back[i + 1]
        for j in range(m + 1):
            s = bi[j]
            if s <= NEG: continue
            for k in (0, 1, 2):
                if j + k > m: break
                t = s + lg(l, ph[j:j + k])
                if t > bn[j + k]:
                    bn[j + k] = t; kn[j + k] = k
    if best[n][m] <= NEG: return None
    out = []; j = m
    for i in range(n, 0, -1):
        k = back[i][j]; out.append(ph[j - k:j]); j -= k
    return out[::-1], best[n][m]
cache = {}
def lg(l, p):
    k = (l, p)
    if k not in cache: cache[k] = math.log(prob[k])
    return cache[k]
items = [(w, tuple(base(p) for p in ps), ps) for w, ps in words.items()]
import random
random.seed(1)
for it in range(5):
    cache.clear()
    count = collections.Counter(); tot = collections.Counter()
    sample = items if it == 4 else random.sample(items, 25000)
    result = []
    for w, ph, ps in sample:
        r = viterbi(w, ph)
        if not r: continue
        for l, p in zip(w, r[0]):
            count[l, p] += 1; tot[l] += 1
        if it == 4: result.append((w, [len(p) for p in r[0]], ps, r[1]))
    prob = collections.defaultdict(lambda: 1e-6)
    for (l, p), c in count.items():
        prob[l, p] = (c + .1) / (tot[l] + 10)
    print(it, len(count), file=sys.stderr)
with sys.stdout as f:
    for w, ks, ps, s in result:
        out = []; j = 0
        for k in ks:
            out.append('+'.join(ps[j:j + k]) or '_'); j += k
        f.write('%s\t%s\t%.1f\n' % (w, ' '.join(out), s / len(w)))
