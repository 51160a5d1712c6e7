using System.Globalization;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.Html;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Reports;

/// <summary>The page as a browser sees it.</summary>
[Trait("Category", "Slow")]
public sealed class HtmlBrowserTests
{
    // What is far below the screen is laid out when somebody scrolls there; here it is measured, and at once.
    const string OpenAll = "for (const fold of page.querySelectorAll('details')) fold.open = true; for (const table of page.querySelectorAll('table')) table.style.contentVisibility = 'visible';";

    static byte[] Html(Report report) => FormatSamples.Written(output => HtmlFormat.Write(report, output));

    static async Task<byte[]> Named(string name) => Html(name switch
    {
        "web app" => await FormatSamples.WebApp(),
        "bare" => FormatSamples.Bare(),
        "large" => new Report([FormatSamples.Large(10_000)], []),
        _ => FormatSamples.Hostile(),
    });

    [Theory]
    [InlineData("web app")]
    [InlineData("bare")]
    [InlineData("large")]
    [InlineData("hostile")]
    public async Task The_page_opens_without_a_word_on_the_console(string report)
    {
        var (dom, console) = await Chromium.Open(await Named(report));
        Assert.Empty(console);
        Assert.Contains("</footer>", dom, StringComparison.Ordinal);
        Assert.Contains("</html>", dom, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web app", 360)]
    [InlineData("hostile", 360)]
    [InlineData("large", 360)]
    [InlineData("web app", 700)]
    [InlineData("hostile", 1280)]
    public async Task Nothing_is_wider_than_the_screen_with_everything_unfolded(string report, int width)
    {
        var wide = await Chromium.Ask(await Named(report), width, $$"""
            {{OpenAll}}
            const skip = page.querySelector('.skip');
            const wide = [...page.body.querySelectorAll('*')].filter(one => one !== skip && !one.closest('caption,thead,defs') && one.getBoundingClientRect().right > {{width}} + 1);
            return page.documentElement.scrollWidth > {{width}} || wide.length ? wide.slice(0, 5).map(one => one.outerHTML.slice(0, 200)).join('\n') || 'the page' : '';
            """);
        Assert.Empty(wide);
    }

    /// <summary>WCAG 2.2, 1.4.3: at least 4.5 to 1. The ground is that of the nearest element that has one.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_text_stands_out_from_its_ground(bool dark)
    {
        var report = await FormatSamples.WebApp();
        var answer = await Chromium.Ask(Html(report with { Failures = FormatSamples.Bare().Failures }), 1200, $$"""
            {{OpenAll}}
            const numbers = colour => colour.match(/[0-9.]+/g).map(Number);
            const luminance = colour => { const [r, g, b] = numbers(colour).map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
            const ground = one => { for (; one; one = one.parentElement) { const colour = getComputedStyle(one).backgroundColor; if (numbers(colour)[3] !== 0) return colour; } };
            const bad = [];
            let seen = 0;
            const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const one = walker.currentNode.parentElement;
              if (!walker.currentNode.data.trim() || one.closest('script,style,svg')) continue;
              seen++;
              const [a, b] = [luminance(getComputedStyle(one).color), luminance(ground(one))].sort((x, y) => y - x);
              const ratio = (a + 0.05) / (b + 0.05);
              if (ratio < 4.5) bad.push(ratio.toFixed(2) + ' ' + one.outerHTML.slice(0, 100));
            }
            return luminance(getComputedStyle(page.body).backgroundColor).toFixed(3) + '|' + seen + '|' + [...new Set(bad)].slice(0, 5).join('\n');
            """, dark);
        var parts = answer.Split('|', 3);
        Assert.Equal(dark, double.Parse(parts[0], CultureInfo.InvariantCulture) < 0.1);
        Assert.True(int.Parse(parts[1], CultureInfo.InvariantCulture) > 100);
        Assert.Empty(parts[2]);
    }

    [Fact]
    public async Task The_packages_can_be_searched_and_a_list_can_be_sorted()
    {
        var answer = await Chromium.Ask(await Named("large"), 1200, """
            const input = page.querySelector('[aria-label="Filter packages"]');
            input.value = 'A-NAME-777 ';
            input.dispatchEvent(new page.defaultView.Event('input'));
            const shown = [...page.querySelectorAll('[id$=-packages] tbody tr:not([hidden]) th')].map(row => row.textContent);
            const files = page.querySelector('[id$=-waste] table[data-sortable]');
            const bytes = files.tHead.rows[0].cells[2].querySelector('button');
            bytes.click();
            const first = files.tBodies[0].rows[0].cells[2].dataset.value;
            bytes.click();
            return [shown.length, shown.every(name => name.includes('a-name-777')), first, files.tBodies[0].rows[0].cells[2].dataset.value, files.tHead.rows[0].cells[2].getAttribute('aria-sort')].join();
            """);
        Assert.Equal("11,true,9001,10000,descending", answer);
    }

    [Fact]
    public async Task Headings_go_down_one_step_at_a_time_and_every_table_has_a_caption_and_a_head()
    {
        var answer = await Chromium.Ask(await Named("web app"), 1200, """
            const levels = [...page.querySelectorAll('h1,h2,h3,h4')].map(one => Number(one.tagName[1]));
            const jumps = levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1).length;
            const tables = [...page.querySelectorAll('table')];
            return [levels.filter(level => level === 1).length, jumps, tables.length > 3, tables.every(table => table.caption?.textContent && table.tHead.querySelector('th[scope=col]') && table.tBodies[0].querySelector('th[scope=row]'))].join();
            """);
        Assert.Equal("1,0,true,true", answer);
    }
}
