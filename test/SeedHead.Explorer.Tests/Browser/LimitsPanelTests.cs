using Microsoft.Playwright;

namespace SeedHead.Explorer.Tests.Browser;

/// <summary>The second panel: errors of random features and their bound.</summary>
[Collection(ChromiumTests.Name)]
public class LimitsPanelTests(Chromium chromium)
{
    [Fact]
    public async Task Each_slider_moves_the_curve_or_what_is_said_of_it()
    {
        await using Visit visit = await chromium.Open("#panel=limits");
        await Shows(visit, "panel=limits to 512");
        foreach ((string slider, string state) in ((string, string)[])[
            ("Dimension d", "panel=limits&dimension=6"), ("Width N", "panel=limits&dimension=6&features=128"),
            ("Bias β of the target", "panel=limits&dimension=6&features=128&bias=0.1"),
            ("Tolerance ε", "panel=limits&dimension=6&features=128&bias=0.1&tolerance=0.0105")])
        {
            string before = await visit.Page.Locator("#verdict").InnerTextAsync();
            await visit.Slider(slider).PressAsync("ArrowRight");
            await Shows(visit, state + " to 512");
            await Assertions.Expect(visit.Page.Locator("#verdict")).Not.ToHaveTextAsync(before);
        }

        Assert.Empty(visit.Said);
    }

    [Fact]
    public async Task A_link_restores_it_and_back_leads_to_the_functions()
    {
        await using Visit visit = await chromium.Open("#width=8");
        await visit.Shows("width=8");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Limits" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#functions")).ToBeHiddenAsync();
        await Shows(visit, "panel=limits to 512");
        await visit.Page.GotoAsync(chromium.Address + "#panel=limits&dimension=3&features=8&bias=-1&tolerance=0.1");
        await Shows(visit, "panel=limits&dimension=3&features=8&bias=-1&tolerance=0.1 to 512");
        await Assertions.Expect(visit.Page.Locator("#verdict")).ToContainTextAsync("With 8 features");
        await Assertions.Expect(visit.Slider("Dimension d")).ToHaveValueAsync("3");
        await visit.Page.GoBackAsync();
        await visit.Page.GoBackAsync();
        await Assertions.Expect(visit.Page.Locator("#limits")).ToBeHiddenAsync();
        await visit.Shows("width=8");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Functions" })).ToHaveAttributeAsync("aria-current", "page");
    }

    [Fact]
    public async Task A_link_out_of_range_says_so()
    {
        await using Visit visit = await chromium.Open("#panel=limits&dimension=1&features=100");
        await Shows(visit, "panel=limits to 512");
        await Assertions.Expect(visit.Page.Locator("#message")).ToContainTextAsync("dimension=1, features=100");
    }

    private static Task Shows(Visit visit, string state) =>
        Assertions.Expect(visit.Page.Locator("#errors")).ToHaveAttributeAsync("data-shows", state, new() { Timeout = 30_000 });
}
