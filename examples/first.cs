#:project ../src/SeedHead/SeedHead.csproj
#:property PublishAot=false
using SeedHead.Models;

// 961 points of a square: inside a ring, or outside it.
var points = new List<float[]>();
var places = new List<string>();
for (int i = -15; i <= 15; i++)
{
    for (int j = -15; j <= 15; j++)
    {
        points.Add([i / 10f, j / 10f]);
        places.Add((i * i) + (j * j) is > 25 and < 144 ? "ring" : "elsewhere");
    }
}

SeedHeadModel model = Learner.Fit([.. points], [.. places], new LearnOptions { Width = 500 });
Console.WriteLine($"{model.Summary.Width} random features, {model.Summary.Width + 1} learned numbers a class");
foreach (float x in (float[])[0, 0.85f, 1.4f])
{
    var probabilities = new float[2];
    model.Predict([x, 0.03f], probabilities);
    Console.WriteLine($"({x}, 0.03) is {model.PredictClass([x, 0.03f])}: {probabilities.Max():P0}");
}
