using Microsoft.Playwright;

namespace SeedHead.Explorer.Tests.Browser;

/// <summary>Light and dark, wide and narrow, by keyboard.</summary>
[Collection(ChromiumTests.Name)]
public class LooksTests(Chromium chromium)
{
    private const string Background = "getComputedStyle(document.body).backgroundColor", Light = "rgb(246, 245, 241)", Dark = "rgb(20, 23, 27)";

    [Theory]
    [InlineData(ColorScheme.Light, Light)]
    [InlineData(ColorScheme.Dark, Dark)]
    public async Task The_page_is_light_or_dark_as_the_system_is(ColorScheme scheme, string expected)
    {
        await using Visit visit = await chromium.Open("#width=8", new() { ColorScheme = scheme });
        Assert.Equal(expected, await visit.Page.EvaluateAsync<string>(Background));
    }

    [Fact]
    public async Task The_button_turns_the_light_off_and_the_page_remembers_it()
    {
        await using Visit visit = await chromium.Open("#width=8", new() { ColorScheme = ColorScheme.Light });
        await visit.Shows("width=8");
        ILocator button = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Dark" });
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal(Dark, await visit.Page.EvaluateAsync<string>(Background));
        await visit.Page.ReloadAsync();
        await visit.Shows("width=8");
        Assert.Equal(Dark, await visit.Page.EvaluateAsync<string>(Background));
        Assert.Empty(visit.Said);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(400)]
    public async Task The_panel_of_limits_fits_a_phone(int width)
    {
        await using Visit visit = await chromium.Open("#panel=limits", new() { ViewportSize = new() { Width = width, Height = 740 } });
        await Assertions.Expect(visit.Page.Locator("#errors canvas")).ToBeVisibleAsync();
        Assert.InRange(await visit.Page.EvaluateAsync<int>("Math.ceil(document.documentElement.scrollWidth)"), 1, width);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(360)]
    [InlineData(400)]
    [InlineData(768)]
    [InlineData(1280)]
    public async Task Nothing_sticks_out_sideways_at_any_width(int width)
    {
        await using Visit visit = await chromium.Open("#width=8&residual=1&norm=1&gating=1&prior=uniform-fan-in", new() { ViewportSize = new() { Width = width, Height = 740 } });
        await visit.MapShows("width=8&residual=1&norm=1&gating=1&prior=uniform-fan-in");
        await visit.Page.GetByText("The same by command").ClickAsync();
        await visit.Page.GetByText("What they mean").ClickAsync();
        int wide = await visit.Page.EvaluateAsync<int>("Math.ceil(document.documentElement.scrollWidth)");
        Assert.InRange(wide, 1, width);
        string[] outside = await visit.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + '#' + e.id)");
        Assert.Empty(outside);
    }

    [Fact]
    public async Task Tab_reaches_every_control_in_the_order_of_the_page_with_a_visible_ring()
    {
        await using Visit visit = await chromium.Open("#width=8");
        await visit.MapShows("width=8");
        var reached = new List<string>();
        for (int i = 0; i < 25 && !reached.Contains("gridcell"); i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            string[] found = await visit.Page.EvaluateAsync<string[]>(
                "[document.activeElement.id || document.activeElement.getAttribute('role') || document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]");
            reached.Add(found[0]);
            Assert.True(found[1] != "none", $"{found[0]} shows no ring");
        }

        Assert.Equal(
            ["to-functions", "to-limits", "theme", "activation", "depth", "width", "scale", "residual", "norm", "gating", "prior", "seed", "next", "SUMMARY", "SUMMARY", "show", "measure", "gridcell"], reached);
    }

    [Fact]
    public async Task Every_control_and_place_has_a_name()
    {
        await using Visit visit = await chromium.Open("#width=8");
        await visit.MapShows("width=8");
        string[] nameless = await visit.Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll("input, select, button, img, section, form:not(.vega-bindings)")]
              .filter(e => !(e.labels?.length || e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.alt || (e.tagName === "BUTTON" && e.textContent.trim())))
              .map(e => e.outerHTML.slice(0, 80))
            """);
        Assert.Empty(nameless);
    }
}
