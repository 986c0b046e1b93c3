"""Writes src/SeedHead/Compute/Tiles.g.cs: the innermost loops of the matrix product.

usage: python3 tools/tiles/generate.py    (from the repository root; the output is checked in)

A tile is [rows x columns] of C = A.B held in registers while k runs. Every element is one chain of fused multiply-adds in k order from 0,
so the shape of a tile never changes a bit. Shapes: the tallest tile that leaves registers for B and for one element of A, and two
shorter ones for what is left of the rows; two vectors side by side, or one for a narrow rest of the columns. "Chosen" tiles take the
steps that they are given, in the order given, and rows of A side by side.
"""

FAMILIES = [  # type, vector bits, heights from tall to short
    ("float", 512, (12, 4, 1)),
    ("double", 512, (12, 4, 1)),
    ("float", 256, (6, 2, 1)),
    ("double", 256, (6, 2, 1)),
    ("float", 128, (6, 2, 1)),
    ("double", 128, (6, 2, 1)),
]


def tile(type_, bits, rows, vectors):
    lanes = bits // 8 // (4 if type_ == "float" else 8)
    v = f"Vector{bits}"
    out = [
        "    [MethodImpl(MethodImplOptions.AggressiveOptimization)]",
        f"    private static void Rows{rows}Vectors{vectors}(",
        f"        nint k, {type_}* a, nint aRow, nint aColumn, {type_}* b, nint bRow, {type_}* c, nint cRow, {type_}* next, nint nextStep)",
        "    {",
    ]
    out += [f"        var c{i}_{j} = {v}<{type_}>.Zero;" for i in range(rows) for j in range(vectors)]
    if rows > 2:
        out.append("        nint aRow2 = 2 * aRow;")
    if rows > 3:
        out.append("        nint aRow3 = 3 * aRow;")
    out += [f"        {type_}* a{i} = a + {i} * aRow;" for i in range(4, rows, 4)]
    out += ["        for (; k > 0; k--)", "        {"]
    out += [f"            var b{j} = {v}.Load(b + {j * lanes});" if j else f"            var b0 = {v}.Load(b);" for j in range(vectors)]
    for i in range(rows):
        base = "a" if i < 4 else f"a{i // 4 * 4}"
        address = [f"*{base}", f"{base}[aRow]", f"{base}[aRow2]", f"{base}[aRow3]"][i % 4]
        out.append(f"            var x{i} = {v}.Create({address});")
        out += [f"            c{i}_{j} = {v}.FusedMultiplyAdd(x{i}, b{j}, c{i}_{j});" for j in range(vectors)]
    if rows >= 6:
        out += ["            if (Sse.IsSupported)", "            {", "                Sse.Prefetch1(next);", "            }", ""]
        out.append("            next += nextStep;")
    out.append("            a += aColumn;")
    out += [f"            a{i} += aColumn;" for i in range(4, rows, 4)]
    out += ["            b += bRow;", "        }", ""]
    for i in range(rows):
        out += [f"        c{i}_{j}.Store(c + {j * lanes});" if j else f"        c{i}_0.Store(c);" for j in range(vectors)]
        if i < rows - 1:
            out.append("        c += cRow;")
    return out + ["    }"]


def chosen(type_, bits, rows):
    lanes = bits // 8 // (4 if type_ == "float" else 8)
    v = f"Vector{bits}"
    out = [
        "    [MethodImpl(MethodImplOptions.AggressiveOptimization)]",
        f"    private static void Rows{rows}Chosen(nint* step, nint* end, {type_}* a, nint aColumn, {type_}* b, nint bRow, {type_}* c, nint cRow)",
        "    {",
    ]
    out += [f"        var c{i}_{j} = {v}<{type_}>.Zero;" for i in range(rows) for j in range(2)]
    out += ["        for (; step < end; step++)", "        {"]
    out += [f"            {type_}* from = a + (*step * aColumn), right = b + (*step * bRow);"]
    out += [f"            var b0 = {v}.Load(right);", f"            var b1 = {v}.Load(right + {lanes});"]
    for i in range(rows):
        out.append(f"            var x{i} = {v}.Create(from[{i}]);")
        out += [f"            c{i}_{j} = {v}.FusedMultiplyAdd(x{i}, b{j}, c{i}_{j});" for j in range(2)]
    out += ["        }", ""]
    for i in range(rows):
        out += ["        c0_0.Store(c);".replace("c0", f"c{i}"), f"        c{i}_1.Store(c + {lanes});"]
        if i < rows - 1:
            out.append("        c += cRow;")
    return out + ["    }"]


def family(type_, bits, heights):
    lanes = bits // 8 // (4 if type_ == "float" else 8)
    name = f"{type_.capitalize()}Tiles{bits}"
    out = [
        f"internal static unsafe class {name}",
        "{",
        f"    public static readonly TileSet<{type_}> Set = new()",
        "    {",
        f"        Lanes = {lanes},",
        f"        Tall = {heights[0]},",
        f"        Middle = {heights[1]},",
    ]
    for vectors in (1, 2):
        for place, rows in zip(("Tall", "Middle", "Row"), heights):
            out.append(f"        {place}{vectors} = &Rows{rows}Vectors{vectors},")
    is_chosen = type_ == "float"  # what panels take
    out += [f"        {place}Chosen = &Rows{rows}Chosen," for place, rows in zip(("Tall", "Middle", "Row"), heights) if is_chosen]
    out.append("    };")
    for vectors in (1, 2):
        for rows in heights:
            out += [""] + tile(type_, bits, rows, vectors)
    for rows in heights if is_chosen else ():
        out += [""] + chosen(type_, bits, rows)
    return out + ["}"]


lines = [
    "// <auto-generated>Written by tools/tiles/generate.py; change that file and run it again.</auto-generated>",
    "using System.Runtime.CompilerServices;",
    "using System.Runtime.Intrinsics;",
    "using System.Runtime.Intrinsics.X86;",
    "",
    "namespace SeedHead.Compute;",
]
for f in FAMILIES:
    lines += [""] + family(*f)
with open("src/SeedHead/Compute/Tiles.g.cs", "w", encoding="utf-8", newline="\n") as file:
    file.write("\n".join(lines) + "\n")
