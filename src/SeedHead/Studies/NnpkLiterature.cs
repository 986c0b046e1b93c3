using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>What others have reached with untrained networks and their kernels, with the source of each number, and ours beside it where the work is the same but for the rows.</summary>
internal static class NnpkLiterature
{
    private const string Id = "L", Title = "What others have reached";

    private static readonly (string Method, string Mnist, string Fashion, string Cifar, string Source)[] Kernels =
    [
        ("NNGP, dense relu or tanh", "about 98.8", "", "55 to 56", "Lee et al., ICLR 2018 (from memory; CIFAR-10 by 45,000 rows)"),
        ("NNGP, dense", "about 98.8", "about 91.8", "about 58.9", "Novak et al., ICLR 2019 (from memory)"),
        ("NNGP, convolutional, not pooled", "about 99.1", "about 92.6", "67.14", "Novak et al., ICLR 2019 (from memory)"),
        ("NNGP, residual of depth 32", "99.16", "", "", "Garriga-Alonso, Rasmussen & Aitchison, ICLR 2019 (abstract)"),
        ("tangent kernel, convolutional, depth 3 to 21, not pooled", "", "", "64.1 to 66.0", "Arora et al., NeurIPS 2019 (from memory)"),
        ("tangent kernel, convolutional, depth 3 to 21, pooled globally", "", "", "70.5 to 77.4", "Arora et al., NeurIPS 2019 (from memory)"),
        ("convolutional kernels with local pooling and flips", "", "", "88 to 89", "Li et al., 2019 (from memory)"),
        ("Myrtle kernel with flips", "", "", "89.8", "Shankar et al., ICML 2020 (from a survey)"),
    ];

    private static readonly (string Method, string Features, string Accuracy, string Source)[] Features =
    [
        ("k-means patches, quadrant pooling, linear", "1,600; 4,000 centroids", "CIFAR-10 77.9; 79.6", "Coates, Ng & Lee, AISTATS 2011 (79.6: abstract; else a survey)"),
        ("random patches, soft threshold", "1,600 to 6,000", "CIFAR-10 about 76 to 79", "Coates & Ng, ICML 2011 (from memory)"),
        ("patches of the data, linear", "10,000", "CIFAR-10 85.6", "survey in arXiv 2101.07528"),
        ("convolutional random features", "32,000; 256,000", "CIFAR-10 83.3; 84.2", "Recht et al., 2018 (from memory)"),
        ("random cosines of convolutions, linear", "4,096", "CIFAR-10 74.3", "survey in arXiv 1602.05310"),
        ("a linear head on one untrained network", "512 to 2,048", "CIFAR-10 16 to 33", "a public repository"),
        ("random receptive fields", "about 10,000 hidden", "MNIST above 99", "McDonnell et al., 2015 (abstract)"),
        ("plain random hidden layer, ridge", "1,000; 5,000; 10,000", "MNIST about 94; 97; 98", "from memory"),
        ("random Fourier features, ridge", "1,000; 10,000", "MNIST about 95; 98", "from memory"),
    ];

    public static NnpkPart Of(NnpkForm form) => new(Id, Title, [.. from set in form.Sets from tangent in (bool[])[false, true] select Cell(form, set, tangent)], _ => [], results => Show(form, results));

    private static int Rows(NnpkForm form) => 2 * form.Rows;

    private static string Net(NnpkForm form) => $"{form.Inputs}-3*(512-relu)-1";

    private static string Key(NnpkForm form, string set, bool tangent) => $"{Id} {set} {Rows(form)} {Net(form)} {(tangent ? "ntk" : "nngp")}";

    private static NnpkCell Cell(NnpkForm form, string set, bool tangent) => new(Key(form, set, tangent), context =>
        NnpkReadouts.Exact(context, context.Data(set, Rows(form)), new LimitKernel(Architecture.Parse(Net(form)), WeightPrior.Parse("he-normal")), tangent));

    private static StudyResult Show(NnpkForm form, NnpkResults results)
    {
        string Ours(string set, bool tangent) => NnpkTables.Text(results.Values([Key(form, set, tangent)], "test"));
        IReadOnlyList<string>[] ours =
        [
            .. ((bool[])[false, true]).Select(tangent => (IReadOnlyList<string>)[
                $"ours: {(tangent ? "tangent kernel" : "NNGP")}, {Net(form)}, {Rows(form)} training rows", Ours("mnist", tangent), Ours("fashion-mnist", tangent), "–", "this run"]),
        ];
        return new(Id, Title,
        [
            new("l-kernels", "Test accuracy (%) of exact kernels by all training rows, where nothing else is said", ["kernel", "MNIST", "Fashion-MNIST", "CIFAR-10", "source"],
                [.. Kernels.Select(row => (IReadOnlyList<string>)[row.Method, row.Mnist, row.Fashion, row.Cifar, row.Source]), .. ours]),
            new("l-features", "Test accuracy (%) of random features and fixed patches", ["method", "features", "accuracy", "source"],
                [.. Features.Select(row => (IReadOnlyList<string>)[row.Method, row.Features, row.Accuracy, row.Source])]),
        ],
        [], [], "Numbers marked \"from memory\" or \"survey\" were not looked up in their papers; none is of the paper whose name this page bears. Ours are of fewer rows, so they are lower.");
    }
}
