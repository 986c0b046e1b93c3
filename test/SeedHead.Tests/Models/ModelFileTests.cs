using System.Security.Cryptography;
using System.Runtime.InteropServices;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Models;

namespace SeedHead.Tests.Models;

/// <summary>A model file gives back the model bit for bit, and equal models give equal files.</summary>
public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A hash of all that a model file says and of its predictions on a fixed row.</summary>
    public static string Fingerprint(string path)
    {
        SeedHeadModel model = ModelFile.Load(path);
        byte[] text = System.Text.Encoding.UTF8.GetBytes(ModelFile.Description(model).ToJsonString());
        return Convert.ToHexString(SHA256.HashData([.. text, .. MemoryMarshal.AsBytes(model.Weights.AsSpan()), .. MemoryMarshal.AsBytes(model.Intercepts.AsSpan())]));
    }

    public static TheoryData<string> Kinds => ["hidden", "outputs", "fourier", "orthogonal", "raw", "fourier+raw", "hidden+fourier+raw"];

    [Theory, MemberData(nameof(Kinds))]
    public void A_model_comes_back_from_its_file_with_the_same_predictions(string kind)
    {
        (float[][] x, string[] y) = Samples.Circle(150);
        SeedHeadModel model = Learner.Fit(x, y, new LearnOptions { Features = new FeatureOptions { Features = kind }, Width = 48, KeepGram = true });
        ModelFile.Save(model, folder.File("m.seedhead"));
        SeedHeadModel back = ModelFile.Load(folder.File("m.seedhead"));
        Assert.Equal(Outputs(model, x), Outputs(back, x));
        Assert.Equal(model.Summary, back.Summary);
        ModelFile.Save(back, folder.File("n.seedhead"));
        Assert.Equal(File.ReadAllBytes(folder.File("m.seedhead")), File.ReadAllBytes(folder.File("n.seedhead")));
    }

    [Fact]
    public void Image_models_come_back_from_their_file_with_the_same_predictions()
    {
        Dataset train = DataSource.Load("digits", new DataOptions()).Train;
        train = train.Select([.. Enumerable.Range(0, 300)]);
        SeedHeadModel model = Learner.Fit(train, new LearnOptions { Width = 128 }, new Execution()).Model;
        ModelFile.Save(model, folder.File("m.seedhead"));
        SeedHeadModel back = ModelFile.Load(folder.File("m.seedhead"));
        Assert.Equal(Bits(model.Predict(train.Inputs).Values), Bits(back.Predict(train.Inputs).Values));
    }

    [Fact]
    public void Equal_fits_give_equal_files_on_any_number_of_threads()
    {
        (float[][] x, string[] y) = Samples.Circle(200);
        foreach (int threads in (int[])[1, 2, 5])
        {
            ModelFile.Save(Learner.Fit(x, y, new LearnOptions { Width = 64 }, new Execution { Threads = threads }), folder.File($"{threads}.seedhead"));
        }

        byte[] one = File.ReadAllBytes(folder.File("1.seedhead"));
        Assert.Equal(one, File.ReadAllBytes(folder.File("2.seedhead")));
        Assert.Equal(one, File.ReadAllBytes(folder.File("5.seedhead")));
    }

    [Fact]
    public void The_seed_and_not_the_weights_are_in_the_file()
    {
        (float[][] x, string[] y) = Samples.Circle(150);
        SeedHeadModel model = Learner.Fit(x, y, new LearnOptions { Features = new FeatureOptions { Features = "hidden" }, Width = 4096 });
        ModelFile.Save(model, folder.File("m.seedhead"));
        Assert.InRange(new FileInfo(folder.File("m.seedhead")).Length, 1, (4096 * 2 * 4) + 10_000); // the head and a few kB; the weights alone would be 49 kB more
    }

    private static int[] Outputs(SeedHeadModel model, float[][] x)
    {
        var all = new List<float>();
        var output = new float[model.Outcome.Outputs];
        foreach (float[] row in x)
        {
            model.Predict(row, output);
            all.AddRange(output);
        }

        return Bits([.. all]);
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
