namespace SeedHead.Studies;

/// <summary>What sizes a form of the study has.</summary>
internal sealed record NnpkForm
{
    /// <summary>Its sets, the first one for studies that take one.</summary>
    public required IReadOnlyList<string> Sets { get; init; }

    /// <summary>Training rows where accuracy is compared with known values.</summary>
    public required int Rows { get; init; }

    /// <summary>Training rows of wide sweeps.</summary>
    public required int SomeRows { get; init; }

    /// <summary>Test rows of wide sweeps; 0: all.</summary>
    public required int Tests { get; init; }

    /// <summary>d, the inputs of dense networks.</summary>
    public required int Inputs { get; init; }

    /// <summary>The shape of images, as a text.</summary>
    public required string Image { get; init; }

    /// <summary>The most networks.</summary>
    public required int Networks { get; init; }

    /// <summary>Networks in wide sweeps.</summary>
    public required int SomeNetworks { get; init; }

    /// <summary>Networks with convolutions.</summary>
    public required int ImageNetworks { get; init; }

    /// <summary>Seeds: of networks and of the sample of training rows.</summary>
    public required int Seeds { get; init; }

    /// <summary>Whether it is the full form.</summary>
    public bool Full { get; init; }

    /// <summary>Whether it is the quick form.</summary>
    public bool Quick { get; init; }

    /// <summary>The set of studies that take one.</summary>
    public string Set => Sets[0];

    public static NnpkForm Of(ReproduceQuestion question) => question.Form switch
    {
        ReproduceForm.Quick => new()
        {
            Sets = ["digits"], Rows = 400, SomeRows = 200, Tests = 200, Inputs = 64, Image = "8x8x1", Networks = 64, SomeNetworks = 32, ImageNetworks = 32, Seeds = 1, Quick = true,
        },
        ReproduceForm.Small => new()
        {
            Sets = ["fashion-mnist", "mnist"], Rows = 5000, SomeRows = 2000, Tests = 2000, Inputs = 784, Image = "28x28x1", Networks = 2048, SomeNetworks = 512, ImageNetworks = 256,
            Seeds = question.Seeds,
        },
        _ => new()
        {
            Sets = ["fashion-mnist", "mnist"], Rows = 20000, SomeRows = 10000, Tests = 0, Inputs = 784, Image = "28x28x1", Networks = 8192, SomeNetworks = 4096, ImageNetworks = 2048,
            Seeds = question.Seeds, Full = true,
        },
    };

    /// <summary>16, 32, … up to so many.</summary>
    public static int[] Doubling(int most) => [.. Enumerable.Range(4, 20).Select(power => 1 << power).TakeWhile(count => count <= most)];
}
