#:package Microsoft.Playwright
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false
// How soon the explorer is there, and how soon a picture follows a slider: `dotnet run -c Release bench/explorer.cs [MOVES]`.
// Starts `seedhead serve` (built before: dotnet build -c Release) and Debian's Chromium, waits for the first paint, then moves sliders, one move after the other.
using System.Diagnostics;
using Microsoft.Playwright;

int moves = args.Length > 0 ? int.Parse(args[0]) : 100;
using IPlaywright playwright = await Playwright.CreateAsync();
await using IBrowser browser = await playwright.Chromium.LaunchAsync(new()
{
    ExecutablePath = "/usr/bin/chromium",
    Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
IPage page = await browser.NewPageAsync();
await Task.Delay(3000); // the browser has work of its own when it starts

var start = new ProcessStartInfo("dotnet", ["src/SeedHead.Cli/bin/Release/net10.0/seedhead.dll", "serve", "--port", "0", "--quiet"]) { RedirectStandardOutput = true };
long begin = Stopwatch.GetTimestamp();
double origin = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
using Process server = Process.Start(start)!;
try
{
    string address = (await server.StandardOutput.ReadLineAsync())!;
    double listening = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit });
    await page.Locator("#net:not(:empty)").WaitForAsync(); // the measures follow the picture
    double paint = await page.EvaluateAsync<double>("performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime");
    double picture = await page.EvaluateAsync<double>("(e => performance.timeOrigin + e.startTime + e.duration)(performance.getEntriesByName('slider to picture')[0])");
    Console.WriteLine($"start to address printed {listening:0} ms, to first paint {paint - origin:0} ms, to first picture {picture - origin:0} ms");
    foreach (string activation in (string[])["tanh", "relu", "gelu", "gaussian"])
    {
        await page.GetByLabel("Activation").SelectOptionAsync(activation);
        await page.Locator($"#grid[data-shows{(activation == "tanh" ? "" : "*=" + activation)}]").WaitForAsync(new() { Timeout = 120_000 }); // the map is done: nothing else is computed
        double[] times = await page.EvaluateAsync<double[]>(
            """
            async moves => {
              const slider = document.getElementById("scale"), times = [];
              for (let i = 1; i <= moves; i++) {
                performance.clearMeasures();
                slider.value = 0.3 + i / 100;
                slider.dispatchEvent(new Event("input", { bubbles: true }));
                while (performance.getEntriesByName("slider to picture").length === 0) await new Promise(resolve => setTimeout(resolve, 2));
                times.push(performance.getEntriesByName("slider to picture")[0].duration);
                await new Promise(resolve => setTimeout(resolve, 200)); // the measures follow
              }
              return times;
            }
            """, moves);
        Array.Sort(times);
        Console.WriteLine($"{activation}, 4 hidden layers of 64: {moves} moves, picture after {times[moves / 2]:0} ms (median), {times[moves * 9 / 10]:0} ms (nine of ten), {times[^1]:0} ms (slowest)");
    }
}
finally
{
    server.Kill();
}
