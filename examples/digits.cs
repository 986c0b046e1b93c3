#:project ../src/SeedHead/SeedHead.csproj
#:property PublishAot=false
using SeedHead;
using SeedHead.Data;
using SeedHead.Models;

// Learn from a third of the training images, save, load, learn the others too, forget them again.
DatasetPair digits = DataSource.Load("digits");
int[] all = [.. Enumerable.Range(0, digits.Train.Count)];
Dataset early = digits.Train.Select([.. all.Where(i => i % 3 == 0)]);
Dataset late = digits.Train.Select([.. all.Where(i => i % 3 > 0)]);

var run = new Execution();
SeedHeadModel first = Learner.Fit(early, new LearnOptions { Width = 500, KeepGram = true }, run).Model;
string path = Path.Combine(Path.GetTempPath(), $"digits-{Environment.ProcessId}.seedhead");
ModelFile.Save(first, path);
SeedHeadModel loaded = ModelFile.Load(path);
File.Delete(path);
SeedHeadModel grown = Revision.Update(loaded, late, run);
SeedHeadModel shrunk = Revision.Forget(grown, late, run);

Print("fitted on a third", first);
Print("loaded", loaded);
Print("updated with the rest", grown);
Print("the rest forgotten", shrunk);

void Print(string what, SeedHeadModel model)
{
    double? accuracy = model.Score(digits.Test!, model.Predict(digits.Test!.Inputs)).Accuracy;
    Console.WriteLine($"{what}: {accuracy:P2} on {digits.Test!.Count} test images");
}
