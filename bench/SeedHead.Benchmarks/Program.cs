using SeedHead.Benchmarks;

var loops = new SortedDictionary<string, Action>(StringComparer.Ordinal)
{
    ["answer"] = LoopTasks.Answer,
    ["cholesky"] = CholeskyBenchmark.Run,
    ["complexity-maps"] = ComplexityBenchmark.Maps,
    ["complexity-measures"] = ComplexityBenchmark.Measures,
    ["convolution"] = ConvolutionBenchmark.Run,
    ["convolution-serve"] = ConvolutionBenchmark.Serve,
    ["eigen"] = EigenBenchmark.Run,
    ["fft"] = FourierBenchmark.Run,
    ["gram"] = GramBenchmark.Run,
    ["kernel"] = KernelBenchmark.Dense,
    ["kernel-images"] = KernelBenchmark.Images,
    ["number"] = NumberBenchmark.Run,
    ["peak"] = ProductBenchmark.OfPeak,
    ["primitives"] = PrimitivesBenchmark.Run,
    ["predict"] = PredictBenchmark.Run,
    ["population"] = PopulationBenchmark.Run,
    ["pooling"] = PoolingBenchmark.Run,
    ["product"] = ProductBenchmark.Run,
    ["qr"] = QrBenchmark.Run,
    ["sampled-kernels"] = SampledKernelBenchmark.Acceptance,
    ["sampled-cost"] = SampledKernelBenchmark.Cost,
    ["svd"] = SingularValuesBenchmark.Run,
    ["training-serve"] = TrainingBenchmark.Serve,
    ["update"] = UpdateBenchmark.Run,
    ["vector"] = VectorBenchmark.Run,
};

if (args is ["population", "serve", var threads]) // for bench/peers/population.py
{
    PopulationBenchmark.Serve(int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture));
    return 0;
}

if (args.Length == 0 || !args.All(loops.ContainsKey))
{
    Console.WriteLine($"usage: SeedHead.Benchmarks LOOP...   LOOP = {string.Join(" | ", loops.Keys)}");
    return 2;
}

foreach (string loop in args)
{
    loops[loop]();
}

return 0;
