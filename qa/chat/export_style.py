"""How an exported conversation looks: warm paper, light and dark, on a wide screen, a phone and on paper."""

STYLE = """
:root { color-scheme: light dark; --paper: #f7f4ee; --card: #fffdf9; --ink: #26221d; --faint: #6a6257; --line: #e4ddd0;
  --seal: #a8321f; --mark: #ffe69a; --asked: #efe7da;
  --serif: "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", SimSun, Georgia, serif; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b1917; --card: #24211e; --ink: #ece6dc; --faint: #a79d8f;
  --line: #3a352f; --seal: #e58470; --mark: #6b5313; --asked: #35302a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 2.5rem 1.2rem 5rem; background: var(--paper); color: var(--ink);
  font: 16px/1.75 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  overflow-wrap: anywhere; }
h1 { margin: 0; color: var(--seal); font: 700 1.7rem/1.35 var(--serif); }
header { padding-bottom: 1.1rem; border-bottom: 2px solid var(--seal); }
p { margin: .5rem 0; }
.faint { color: var(--faint); font-size: .84rem; }
section { margin-top: 2.2rem; }
h2 { margin: 0; padding: .7rem 1rem; border-radius: .7rem; background: var(--asked); font: inherit; font-weight: 600;
  white-space: pre-wrap; }
h2 span { color: var(--seal); font-variant-numeric: tabular-nums; margin-right: .4rem; }
.answer { font: 600 1.25rem/1.6 var(--serif); }
mark { background: var(--mark); color: inherit; border-radius: .2rem; padding: 0 .1em; }
a { color: var(--seal); text-decoration: none; font-size: .85em; vertical-align: .1em; }
a:hover, a:focus-visible { text-decoration: underline; }
ol { list-style: none; margin: 1rem 0 0; padding: 0; }
li { margin: .7rem 0; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .7rem; }
li:target { border-color: var(--seal); }
h3 { margin: 0; font: 700 1.02rem/1.5 var(--serif); }
h3 span { color: var(--seal); margin-right: .35rem; }
blockquote { margin: .6rem 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--seal);
  white-space: pre-wrap; }
.unproved, .unproved s { color: var(--faint); }
.unproved span { font-size: .84rem; border: 1px dashed var(--line); border-radius: .4rem; padding: 0 .4em; }
.problem { padding: .6rem 1rem; border: 1px solid var(--seal); border-radius: .7rem; }
.said { color: var(--faint); white-space: pre-wrap; }
@media (max-width: 30rem) { body { padding: 1.3rem .9rem 3rem; } h1 { font-size: 1.35rem; } }
@media print { :root { --paper: #fff; --card: #fff; --ink: #000; --faint: #444; --line: #bbb; --asked: #f2f2f2;
  --seal: #8a2616; --mark: #fff0b8; color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 11pt; } li, h2, .answer { break-inside: avoid; }
  h2 { break-after: avoid; } a { color: inherit; } }
"""
