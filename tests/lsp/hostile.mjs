// Documents that no good programmer writes, for the matrix of lookup methods: half-typed, in circles, very many of
// something, very deep. «here» marks the place in question.
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i)).join('');

const halfTyped = {
    'empty': '«here»',
    'only a name': '«here»é',
    'a dot at the end': "class A:\n    é = '🚀'\na = A()\na.«here»",
    'a dot in the middle': "import os\ndef f(é: str):\n    '🚀'; é.«here»\n    return é\nf(os)\n",
    'dots in a row': "'é🚀'; x = 1\nx..«here».y...\n",
    'an open parenthesis': "def f(é, b='🚀'): ...\nf(«here»",
    'an open argument': "def f(é, b='🚀'): ...\nf(1, b=«here»\ndef g(): return f\n",
    'brackets that do not match': "x = [é(🚀}«here»)]\ny = {[}]\n",
    'no colon': "class A\n    def é(self\n        return self.«here»\n",
    'an unclosed string': "x = \"é🚀\ny = x.«here»\nprint('''é\n",
    'an unclosed docstring': 'def f():\n    """é🚀 «here»\n    return 1\n\nclass A: pass\n',
    'an unclosed f-string': "é = 1\nf\"🚀 {é.«here»\nf'''{é!r:{\n",
    'an import without a name': "'é🚀'\nfrom . import «here»\nfrom\nimport\nfrom .«here2»",
    'an import of too many dots': "'é🚀'\nfrom ............... import x«here»\nx.y\n",
    'a class without a name': "class («here»é): '🚀'\ndef (x): x\n",
    'a decorator of nothing': "'é🚀'\n@«here»\n@\ndef f(): ...\n@f",
    'a lambda without a body': "x = lambda é, «here»:\ny = [a for a in x if '🚀'",
    'a match without a pattern': "def f(é):\n    match é:\n        case «here»:\n            '🚀'\n        case A(x=",
    'keywords as names': "def def(class, «here»return): '🚀'\nfor in é: while\nimport import as as\n",
    'an indentation that fits nothing': "def f():\n        '🚀'\n    é = 1\n  «here»é\n\tx = é\n\t    é\n",
    'a backslash at the end': "é = '🚀' + «here»\\",
    'carriage returns': "é = '🚀'\ré.«here»x\r\rdef f(): é\r",
    'NUL and its kin': "é = '🚀\0'\n«here»é\0é\x01\x1f\x7f = \ufeffé\f\v\n",
    'letters of all kinds': "ﬁ = '🚀'\nprint(«here»fi, 𝐟𝐢, e\u0301)\né = e\u0301\n",
    'a conflict of versions': "<<<<<<< é\ndef f(a): '🚀'\n=======\ndef f(b): «here»b\n>>>>>>> é\nf(b=1)\n",
    'another language': "<html é=\"🚀\">«here»<script>function f() { return {a: [1, 2]}; }</script>\n",
};

const circles = {
    'a class below itself': "class A(A):\n    def m(self): '🚀'\nA().m«here»\n",
    'a class below itself by another name': "class A: '🚀'\nB = A\nclass A(B):\n    def m(self): self.m()\nB = A\nA().«here»m()\n",
    'a class below what it is above': "class A(B):\n    é = '🚀'\nclass B(C): ...\nclass C(A): ...\nC().«here»é\nC().no\n",
    'a class within itself': "class A:\n    é = '🚀'\n    class A(A):\n        class A(A): ...\nA.A.A.«here»é\n",
    'names bound to each other': "a = b\nb = c\nc = a\na.«here»x('é🚀')\n",
    'a name bound to its own member': "x = x.y\nx = x[0]\nx = x()\nfor x in x: x\nx.«here»y('é🚀')\n",
    'functions that return each other': "def f(): return g()\ndef g(): return f()\nf().«here»é('🚀')\n",
    'a function that returns itself': "def f(é='🚀'): return f\nf()()()()().«here»é(f(\n",
    'a property of itself': "class A:\n    @property\n    def é(self): return self.é.é\n    x = é\nA().é.é.«here»é('🚀')\n",
    'decorators of each other': "@g\ndef f(é): '🚀'\n@f\ndef g(é): ...\nf.«here»é(g(\n",
    'annotations of each other': "def f(x: 'g') -> 'f': '🚀'\ng: 'h' = f\nh: 'g' = g\nA = list['A']\né: A = h\nf(é)[0].«here»é\n",
    'a type variable of itself': "T = TypeVar('T', bound='T')\nclass A(Generic[T], A[T]):\n    def é(self: T) -> T: '🚀'\nA().é().«here»é\n",
    'a list of itself': "é = ['🚀']\né = [é, *é]\né[0][0][0].«here»append(é)\n",
    'global statements in a circle': "def f():\n    global é\n    def g():\n        nonlocal é\n        é = '🚀'; «here»é\n",
    '__all__ of itself': "__all__ = ['é', 'f']\n__all__ += __all__\n__all__.extend(__all__)\né = f = '🚀'\n«here»f\n",
};

/** Files that import each other: {path: text}. */
const importCircles = {
    'circle/__init__.py': "'é🚀'\nfrom .a import *\nfrom . import a as b, «here»é\nfrom circle import circle\n",
    'circle/a.py': "from circle.b import *\nfrom .b import é as f, «here»é, A as B\nclass A(B):\n    def m(self): return é('🚀')\n",
    'circle/b.py': "from circle.a import *\nfrom .a import f as é, A as C\nclass A(C):\n    def m(self): '🚀'; return self.«here»n(é)\nA().m\n",
    'circle/self.py': "from circle.self import *\nfrom circle.self import é, f as é\nimport circle.self as self\nself.self.self.«here»é('🚀')\n",
    'circle/all.py': "from circle import all\n__all__ = all.__all__ + ['é🚀']\n__all__ += circle.a.__all__\nall.all.«here»all\n",
};

const diamond = (levels) => "class A0: é = '🚀'\n" +
    times(levels, (i) => `class B${i}(A${i}): ...\nclass C${i}(A${i}): ...\nclass A${i + 1}(B${i}, C${i}): ...\n`) + `A${levels}().«here»é\n`;

const many = {
    'definitions of one name': `'é🚀'\n${times(10_000, (i) => `def f(a${i}): ...\n`)}f.«here2»x\nf(«here»1)\n`,
    'assignments of one name': `'é🚀'\n${times(1_000, (i) => `x = f${i}()\n`)}«here»x.y\n`,
    'names of one value': `class A: é = '🚀'\nx0 = A()\n${times(1_500, (i) => `x${i + 1} = x${i}\n`)}x1500.«here»é\n`,
    'values of one name': `class A: é = '🚀'\n${times(300, (i) => `class A${i}: é = x.é\nx = A${i}().é\n`)}x.«here»é\n`,
    'subclasses': `class A:\n    def «here»m(self): '🚀'\n${times(1_000, (i) => `class A${i}(A):\n    def m(self): 'é'\n`)}A().m()\n`,
    'subclasses of one name': `class A:\n    def m(self): '🚀'\n${times(300, () => 'class A(A):\n    def m(self): self.m()\n')}A().«here»m()\n`,
    'levels of inheritance': `class A0:\n    def m(self): '🚀'\n${times(1_000, (i) => `class A${i + 1}(A${i}):\n    def m(self): 'é'\n`)}A1000().«here»m()\nA0.m\n`,
    'bases': `class A:\n    é = '🚀'\n${times(200, (i) => `class A${i}(A): ...\n`)}class B(${times(200, (i) => `A${i}, `)}): ...\nB().«here»é\n`,
    'bases that have many': `class A0:\n    é = '🚀'\n${times(200, (i) => `class A${i + 1}(${times(Math.min(i + 1, 30), (n) => `A${i - n}, `)}): ...\n`)}A200().«here»é\n`,
    'diamonds': diamond(30),
    'attributes': `class A:\n    def __init__(self):\n${times(1_000, (i) => `        self.a${i} = self.é = '🚀'\n`)}A().«here»é\n`,
    'parameters': `def f(é, ${times(1_000, (i) => `a${i}='🚀', `)}): ...\nf(«here»${times(1_000, (i) => `a${i}=1, `)})\n`,
    'overloads': `from typing import overload\n${times(600, (i) => `@overload\ndef f(é: A${i}) -> '🚀': ...\n`)}def f(é): ...\nf(«here»1).x\n`,
    'decorators': `'é🚀'\n${times(1_500, (i) => `@d${i}\n`)}def f(): ...\nf().«here»x\n`,
    'imports of one name': `'é🚀'\n${times(400, (i) => `from circle.a import é${i} as x\n`)}«here»x.y\n`,
    'wildcard imports': `'é🚀'\n${times(500, (i) => `from m${i} import *\nfrom circle.a import *\n`)}«here»x.y\n`,
    'returns': `class A: é = '🚀'\ndef f(x):\n${times(1_500, (i) => `    if x == ${i}: return g${i}(x)\n`)}    return A()\nf(1).«here»é\n`,
    'functions that call the next': `class A: é = '🚀'\ndef f0(): return A()\n${times(1_500, (i) => `def f${i + 1}(): return f${i}()\n`)}f1500().«here»é\n`,
    'functions that call two': `class A: é = '🚀'\ndef f0(): return A()\n${times(100, (i) => `def f${i + 1}(x): return f${i}() if x else f${i}()[x]\n`)}f100().«here»é\n`,
    'types in one': `class A: é = '🚀'\nx: ${times(1_000, (i) => `A${i} | `)}A\nx.«here»é\ny: Union[${times(1_000, () => 'A, ')}]\ny.é\n`,
    'statements in one line': `'é🚀'; ${times(5_000, (i) => `a${i} = 1; `)}«here»a1\n`,
    'a name often used': `é = '🚀'\n${times(1_500, () => 'é(é.é)\n')}«here»é\n`,
    'members often used': `class A:\n    é = '🚀'\na = A()\n${times(2_000, () => 'a.é\n')}a.«here»é\n`,
    'unknown members': `def f(a):\n${times(2_000, () => "    a.é('🚀')\n")}    a.«here»é\n`,
};

const nested = (count, open, inner, close) => `'é🚀'\nx = ${open.repeat(count)}${inner}${close.repeat(count)}\nx.y\n`;
const indented = (count, make) => times(count, (i) => `${' '.repeat(i)}${make(i)}\n`);

const deep = {
    'parentheses': nested(5_000, '(', '«here»x', ')'),
    'lists': nested(2_000, '[', '«here»x', ']'),
    'open brackets': nested(5_000, '([{', '«here»x.', ''),
    'calls': nested(5_000, 'f(', '«here»x', ')'),
    'keyword arguments': nested(2_000, 'f(a=', '«here»x', ')'),
    'subscripts': nested(2_000, 'x[', '«here»x', ']'),
    'lambdas': nested(1_000, 'lambda a: ', '«here»a', ''),
    'conditions': nested(2_000, 'x if y else ', '«here»x', ''),
    'negations': nested(5_000, 'not ', '«here»x', ''),
    'comprehensions': nested(500, '[x for x in ', '«here»x', ']'),
    'a chain of members': `'é🚀'\nx = a${'.b'.repeat(5_000)}.«here»c\n`,
    'a chain of calls': `class A:\n    def m(self): return self\nA()${'.m()'.repeat(3_000)}.«here»m('é🚀')\n`,
    'a sum': `x = 1\ny = 'é🚀'${' + x'.repeat(5_000)} + «here»x\n`,
    'functions': `${indented(500, (i) => `def f${i}(é):`)}${' '.repeat(500)}return «here»é('🚀')\n`,
    'classes': `${indented(500, (i) => `class A${i}:`)}${' '.repeat(500)}é = '🚀'\nA0.A1.A2.«here»A3\n`,
    'conditional statements': `${indented(1_000, () => "if 'é🚀':")}${' '.repeat(1_000)}x = «here»x\n`,
    'annotations': `'é🚀'\nx: ${'list['.repeat(2_000)}A${']'.repeat(2_000)}\nx[0].«here»y\n`,
    'annotations in strings': `'é🚀'\nx: "${'list['.repeat(2_000)}A${']'.repeat(2_000)}"\nx[0].«here»y\n`,
    'a dotted import': `'é🚀'\nimport a${'.a'.repeat(5_000)}\na.«here»a\n`,
};

const long = {
    'a line of 1 MB': `é = [${`'${'🚀'.repeat(25)}', `.repeat(10_000)}«here»é]\n`,
    'a comment of 1 MB': `é = 1  # ${'🚀'.repeat(250_000)}\n«here»é\n`,
    'a string of 1 MB': `é = '${'🚀'.repeat(250_000)}'\n«here»é\n`,
    'a docstring of 500 KB': `def é():\n    """${'🚀 `é` '.repeat(50_000)}"""\n«here»é(\n`,
    'a name of 100 KB': `${'é'.repeat(50_000)} = '🚀'\n«here»${'é'.repeat(50_000)}.x\n`,
    '50,000 empty lines': `'é🚀'\nx = 1\n${'\n'.repeat(50_000)}«here»x\n`,
};

const prefixed = (prefix, texts) => Object.entries(texts).map(([name, text]) => ({ name: `${prefix}${name}`, text }));

/** Documents that are small, and of each kind that is not. */
export const small = [
    ...prefixed('', halfTyped),
    ...prefixed('', circles),
    ...Object.entries(importCircles).map(([path, text]) => ({ name: path, path, text })),
];
export const large = [...prefixed('many ', many), ...prefixed('deep: ', deep), ...prefixed('', long)];
