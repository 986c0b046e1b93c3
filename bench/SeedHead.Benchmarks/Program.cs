Console.WriteLine("usage: SeedHead.Benchmarks LOOP");
