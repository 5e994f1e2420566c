"""Learns the rows of assets/rules/english.tsv: learn.py aligned.tsv important.txt > rows.

Which phoneme a letter is, by the letters around it: a tree that grows the context by one letter
after, one before, a second one after ... as long as that corrects THRESHOLD words, words of
important.txt (one a line: frequent words, names, towns) counting as four.

The table was learned with a list that is not part of the project; with an empty one there are some
14,000 rows instead of 22,000. So take single rows from a new run, not all of them.
"""
import sys, collections, re
sys.setrecursionlimit(10000)
CONS = {'B':'b','CH':'ʧ','D':'d','DH':'ð','F':'f','G':'g','HH':'h','JH':'ʤ','K':'k','L':'l','M':'m','N':'n','NG':'ŋ','P':'p','R':'r','S':'s','SH':'ʃ','T':'t','TH':'θ','V':'v','W':'w','Y':'j','Z':'z','ZH':'ʒ'}
REDUCED = {'a':'ɐ','e':'ɘ','i':'ɪ','y':'ɪ','o':'ɵ','u':'ʉ'}
def vowel(letter, p, word, i):
    b, stress = p[:-1], p[-1]
    if b == 'AA': return 'ɒ' if letter == 'o' else 'ɑ'
    if b == 'AE': return 'æ'
    if b == 'AH':
        if stress == '0': return REDUCED.get(letter, 'ə')
        return {'a':'ɔ','e':'ɘ','i':'ɪ'}.get(letter, 'ʌ')
    if b == 'AO': return 'ɒ' if letter == 'o' else 'ɔ'
    if b == 'AW': return 'aʊ'
    if b == 'AY': return 'aɪ'
    if b == 'EH': return 'æ' if letter == 'a' and word[i+1:i+2] != 'i' and word[i+1:i+2] != 'r' else 'ɛ'
    if b == 'ER': return 'ɜ' if word[i:i+3] == 'erg' else 'ɝ'
    if b == 'EY': return 'eɪ'
    if b == 'IH': return 'ɘ' if letter == 'e' and stress == '0' else 'ɪ'
    if b == 'IY': return 'i'
    if b == 'OW': return 'oʊ' if word[i:i+2] == 'ow' else 'o'
    if b == 'OY': return 'ɔɪ'
    if b == 'UH': return 'ʊ'
    if b == 'UW': return 'u'
    raise KeyError(p)
DOUBLE = set('b d f g k l m n p r s t z c'.split())
def tidy(word, al):
    al = list(al)
    for i in range(1, len(word)):
        # a vowel that only colours its r is said by the vowel letter
        if word[i] == 'r' and word[i-1] in 'aeiouy' and al[i-1] == '_' and al[i].startswith('ER'):
            al[i-1], al[i] = al[i], '_'
    return al
def labels(word, al):
    al = tidy(word, al)
    out = []
    for i, (l, ps) in enumerate(zip(word, al)):
        if ps == '_':
            out.append('-'); continue
        s = ''
        for p in ps.split('+'):
            s += CONS[p] if p in CONS else vowel(l, p, word, i)
        out.append(s)
    if word.startswith('mc') and len(word) > 3 and out[0] == 'm' and out[1] in ('ək', 'ɪk', 'ə', 'k'):
        out[1] = 'akː' if word[2] in 'aeiouyl' or word[2] in 'ck' and word[3:4] in tuple('aeiouyl') else 'ak'
    if word.startswith('mcc') or word.startswith('mck'): out[2] = '-'
    # an r between a coloured vowel and a vowel is said
    for i in range(1, len(word) - 1):
        if word[i] == 'r' and out[i] == '-' and out[i-1] in ('ɝ', 'ɜ'):
            nxt = next((o for o in out[i+1:] if o != '-'), '')
            if nxt and nxt[0] in 'ɒɑæʌɔʊɪɛɝɜioəuɐɘɵʉae': out[i] = 'r'
    # the second of two equal consonants between vowels makes the first one long
    for i in range(1, len(word) - 1):
        two = word[i-1:i+1]
        if (two[0] == two[1] or two == 'ck') and two[0] in DOUBLE:
            a, b = out[i-1], out[i]
            c = a if b == '-' else b if a == '-' else None
            if c and len(c) == 1 and c in 'bdfgkmnpstz' and word[i+1] in 'aeiouyl':
                if i + 2 == len(word) and word[i+1] == 'e' and two != 'ck' and word[i+1:] == 'e': pass
                out[i-1], out[i] = c, 'ː'
    # a final s after a vowel that is only z: silent
    if word[-1] == 's' and out[-1] == 'z' and len(word) > 2:
        j = len(word) - 2
        while j >= 0 and out[j] == '-': j -= 1
        if j >= 0 and out[j][-1] in 'ɒɑæʌɔʊɪɛɝɜioəuɐɘɵʉ': out[-1] = '-'
    return out
NAMES = dict(a='EY', b='B IY', c='S IY', d='D IY', e='IY', f='EH F', g='JH IY', h='EY CH', i='AY', j='JH EY', k='K EY', l='EH L', m='EH M', n='EH N', o='OW', p='P IY', q='K Y UW', r='AA R', s='EH S', t='T IY', u='Y UW', v='V IY', x='EH K S', y='W AY', z='Z IY')
def spelled(w, al):
    ph = re.sub(r'[0-9]', '', al.replace('_', ' ').replace('+', ' ')).split()
    return len(w) < 6 and len(w) > 1 and ph == ' '.join(NAMES.get(c, '?') for c in w).split()
def load(important):
    rows = []
    for line in open(sys.argv[1], encoding='utf8'):
        w, al, s = line.rstrip('\n').split('\t')
        if float(s) < -6 or spelled(w, al): continue
        rows.append((w, labels(w, al.split(' ')), important.get(w, 1)))
    return rows
MAXN = 11
def added(n):  # offset of the letter that window n adds to window n-1
    return n // 2 if n % 2 == 0 else -((n - 1) // 2)
PAD = 6
def build(rows, threshold):
    inst = collections.defaultdict(list)
    for w, ls, wt in rows:
        p = '^' * PAD + w + '$' * PAD
        for i, l in enumerate(ls): inst[w[i]].append((p, PAD + i, l, wt))
    table = {}
    def node(items, n, key):
        """Returns (rows, correct, majority): rows of the subtree without the node itself."""
        c = collections.Counter()
        for p, i, l, w in items: c[l] += w
        major, right = max(c.items(), key=lambda kv: (kv[1], kv[0]))
        total = sum(c.values())
        if right == total or n >= MAXN or total - right < threshold:
            return {}, right, major
        d = added(n + 1)
        kids = collections.defaultdict(list)
        for it in items: kids[it[0][it[1] + d]].append(it)
        rows = {}; got = 0
        for ch, sub in kids.items():
            k = (key + ch) if d > 0 else (ch + key)
            r, cr, m = node(sub, n + 1, k)
            base = sum(w for p, i, l, w in sub if l == major)
            if (r or m != major) and cr - base >= threshold:
                rows.update(r); rows[k] = m; got += cr
            else:
                got += base
        return rows, got, major
    for l, items in sorted(inst.items()):
        r, got, m = node(items, 1, l)
        table.update(r); table[l] = m
        tot = sum(x[3] for x in items)
        print(l, len(r), '%.2f%%' % (100 * got / tot), file=sys.stderr)
    return table
if __name__ == '__main__':
    THRESHOLD = 3
    important = {w.strip(): 4 for w in open(sys.argv[2], encoding='utf8')}
    for k, v in sorted(build(load(important), THRESHOLD).items()):
        print(k, v, sep='\t')
