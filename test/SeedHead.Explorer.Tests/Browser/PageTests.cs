using System.Globalization;
using Microsoft.Playwright;

namespace SeedHead.Explorer.Tests.Browser;

/// <summary>The page in a real browser.</summary>
[Collection(ChromiumTests.Name)]
public class PageTests(Chromium chromium)
{
    private const string Small = "width=8&"; // networks of little work

    [Fact]
    public async Task It_shows_a_function_its_measures_its_spectrum_and_its_neighbourhood_and_asks_nobody_else()
    {
        await using Visit visit = await chromium.Open("#width=8");
        await visit.Shows("width=8");
        await visit.MapShows("width=8");
        Assert.Matches(@"^0\.\d+$", await visit.Value("fourier"));
        await Assertions.Expect(visit.Page.Locator("#spectrum canvas")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("#spectrum")).ToHaveAttributeAsync("data-points", "128");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Gridcell)).ToHaveCountAsync(72);
        Assert.All(visit.Asked, url => Assert.True(url.StartsWith(chromium.Address, StringComparison.Ordinal) || url.StartsWith("blob:" + chromium.Address, StringComparison.Ordinal), url));
        Assert.Empty(visit.Said);
    }

    [Theory]
    [InlineData("Hidden layers", "ArrowRight", "depth=5&width=8")]
    [InlineData("Width", "ArrowRight", "width=9")]
    [InlineData("Weight scale", "ArrowLeft", "width=8&scale=5.01")]
    public async Task A_slider_moved_by_key_changes_picture_measures_and_address(string slider, string key, string expected)
    {
        await using Visit visit = await chromium.Open("#width=8");
        await visit.Shows("width=8");
        (string before, string value) = (await visit.PictureBytes(), await visit.Value("sensitivity"));
        await visit.Slider(slider).PressAsync(key);
        await visit.Shows(expected);
        Assert.NotEqual(before, await visit.PictureBytes());
        await Assertions.Expect(visit.Page.Locator("#measures tr", new() { HasText = "sensitivity" }).Locator("td")).Not.ToHaveTextAsync(value);
        await Assertions.Expect(visit.Page).ToHaveURLAsync(chromium.Address + "#" + expected);
        Assert.Empty(visit.Said);
    }

    [Fact]
    public async Task Every_select_box_and_button_changes_the_network()
    {
        await using Visit visit = await chromium.Open("#width=8");
        await visit.Page.GetByLabel("Activation").SelectOptionAsync("gaussian");
        await visit.Shows("activation=gaussian&width=8");
        await visit.Page.GetByLabel("Residual").CheckAsync();
        await visit.Page.GetByLabel("Layer norm").CheckAsync();
        await visit.Page.GetByLabel("Gating").CheckAsync();
        await visit.Page.GetByLabel("Prior").SelectOptionAsync("lecun-normal");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await visit.Shows("activation=gaussian&width=8&residual=1&norm=1&gating=1&prior=lecun-normal&seed=43");
        await Assertions.Expect(visit.Page.Locator("#net")).ToHaveTextAsync("2-8-4*(res(gated(8-ln-gaussian)))-1");
        await visit.Page.GetByLabel("Seed").FillAsync("18446744073709551615");
        await visit.Page.GetByLabel("Seed").PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await visit.Shows("activation=gaussian&width=8&residual=1&norm=1&gating=1&prior=lecun-normal&seed=0");
        Assert.Empty(visit.Said);
    }

    [Fact]
    public async Task A_hand_that_draws_a_slider_back_and_forth_ends_at_the_picture_of_the_last_place()
    {
        await using Visit visit = await chromium.Open("#width=8");
        await visit.Shows("width=8");
        await visit.Page.EvaluateAsync(
            """
            async () => {
              const slider = document.getElementById("scale");
              for (let i = 0; i < 80; i++) {
                slider.value = Math.sin(i / 5);
                slider.dispatchEvent(new Event("input", { bubbles: true }));
                await new Promise(resolve => setTimeout(resolve, 5));
              }
              slider.value = 0.3;
              slider.dispatchEvent(new Event("input", { bubbles: true }));
              slider.dispatchEvent(new Event("change", { bubbles: true }));
            }
            """);
        await visit.Shows("width=8&scale=2");
        await visit.MapShows("width=8");
        await Assertions.Expect(visit.Page.Locator("#grid button[aria-selected=true]")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^scale 1.33, 4"));
        Assert.Empty(visit.Said);
    }

    [Fact]
    public async Task A_link_restores_the_state_and_its_picture()
    {
        const string state = "activation=sin&depth=2&width=37&scale=1.93&residual=1&gating=1&prior=glorot-alpha&seed=12345678901234567890&measure=lz78";
        await using Visit visit = await chromium.Open("#" + state);
        await visit.Shows(state.Replace("&measure=lz78", ""));
        await Assertions.Expect(visit.Page.GetByLabel("Activation")).ToHaveValueAsync("sin");
        await Assertions.Expect(visit.Slider("Hidden layers")).ToHaveValueAsync("2");
        await Assertions.Expect(visit.Page.Locator("#width-text")).ToHaveTextAsync("37");
        await Assertions.Expect(visit.Page.Locator("#scale-text")).ToHaveTextAsync("1.93");
        await Assertions.Expect(visit.Page.GetByLabel("Residual")).ToBeCheckedAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Layer norm")).Not.ToBeCheckedAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Seed")).ToHaveValueAsync("12345678901234567890");
        await Assertions.Expect(visit.Page.GetByLabel("Measure", new() { Exact = true })).ToHaveValueAsync("lz78");
        await Assertions.Expect(visit.Page.Locator("#command")).ToContainTextAsync("--net '2-37-2*(res(gated(37-sin)))-1' --prior glorot-alpha --scales 1.93");
    }

    [Fact]
    public async Task A_link_that_is_damaged_says_so_and_shows_the_rest()
    {
        await using Visit visit = await chromium.Open("#depth=99&activation=sin&width=8&colour=red");
        await visit.Shows("activation=sin&width=8");
        await Assertions.Expect(visit.Page.Locator("#message")).ToContainTextAsync("depth=99, colour=red");
    }

    [Fact]
    public async Task Back_and_forward_lead_through_the_states()
    {
        await using Visit visit = await chromium.Open("#width=8");
        await visit.Shows("width=8");
        await visit.Slider("Hidden layers").PressAsync("ArrowRight");
        await visit.Shows("depth=5&width=8");
        await visit.Page.GetByLabel("Activation").SelectOptionAsync("relu");
        await visit.Shows("activation=relu&depth=5&width=8");
        await visit.Page.GoBackAsync();
        await visit.Shows("depth=5&width=8");
        await Assertions.Expect(visit.Page.GetByLabel("Activation")).ToHaveValueAsync("tanh");
        await visit.Page.GoBackAsync();
        await visit.Shows("width=8");
        await visit.Page.GoForwardAsync();
        await visit.Page.GoForwardAsync();
        await visit.Shows("activation=relu&depth=5&width=8");
    }

    [Fact]
    public async Task A_seed_that_is_none_is_refused_with_a_sentence()
    {
        await using Visit visit = await chromium.Open("#width=8");
        await visit.Shows("width=8");
        await visit.Page.GetByLabel("Seed").FillAsync("forty");
        await visit.Page.GetByLabel("Seed").PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("#message")).ToContainTextAsync("whole number from 0 to");
    }

    [Fact]
    public async Task The_map_is_walked_by_arrow_keys_and_Enter_goes_there()
    {
        await using Visit visit = await chromium.Open("#width=8");
        await visit.MapShows("width=8");
        ILocator here = visit.Page.Locator("#grid button[aria-selected=true]");
        await here.FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Shows("depth=3&width=8&scale=17.8");
        await Assertions.Expect(here).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^scale 17.8, 3 hidden layers: 0\\.\\d+"));
    }

    [Fact]
    public async Task The_map_shows_the_value_that_the_table_shows_at_the_same_place()
    {
        await using Visit visit = await chromium.Open($"#depth=2&{Small}scale=3.16");
        await visit.MapShows("width=8");
        await visit.Page.GetByLabel("Show").SelectOptionAsync("values");
        string cell = await visit.Page.Locator("#grid button[aria-selected=true]").InnerTextAsync(), table = await visit.Value("dct");
        Assert.Equal(double.Parse(table, CultureInfo.InvariantCulture), double.Parse(cell, CultureInfo.InvariantCulture), 0.006);
    }

    [Fact]
    public async Task A_server_that_has_gone_is_told_on_the_page()
    {
        await using Visit visit = await chromium.Open("#width=8");
        await visit.Shows("width=8");
        await visit.Page.RouteAsync("**/api/**", route => route.AbortAsync());
        await visit.Slider("Hidden layers").PressAsync("ArrowRight");
        await Assertions.Expect(visit.Page.Locator("#message")).ToContainTextAsync("still running?");
    }
}
