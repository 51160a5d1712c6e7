using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Tests.Samples;

/// <summary>Pages in a real browser that has no network.</summary>
internal static partial class Chromium
{
    /// <summary>The document after its scripts have run, and what the browser wrote to the console.</summary>
    public static async Task<(string Dom, IReadOnlyList<string> Console)> Open(byte[] page, bool dark = false)
    {
        using var folder = new TemporaryFolder();
        return await Visit($"file://{folder.Write("page.html", page)}", dark);
    }

    /// <summary>The same of a page that a server on 127.0.0.1 has.</summary>
    public static async Task<(string Dom, IReadOnlyList<string> Console)> Visit(string address, bool dark = false)
    {
        Tool.SkipWithout("chromium");
        using var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(Tool.PathOf("chromium")!,
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", $"--user-data-dir={profile.At("profile")}",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--enable-logging=stderr", "--log-level=0", "--virtual-time-budget=10000", "--window-size=1280,1000",
            .. dark ? new[] { "--force-dark-mode", "--blink-settings=preferredColorScheme=0" } : [], "--dump-dom", address,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var dom = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return (dom, [.. ConsoleLine().Matches(await error).Select(line => line.Value)]);
    }

    /// <summary>
    /// What <paramref name="script"/> returns, which sees the page as <c>page</c> (a document, in a frame of this width) and may wait. The page
    /// itself is not changed: its own policy holds.
    /// </summary>
    public static async Task<string> Ask(byte[] page, int width, string script, bool dark = false)
    {
        var outer = $$"""
            <!doctype html><meta name="color-scheme" content="light dark"><title></title>
            <iframe width="{{width}}" height="60000" frameborder="0" srcdoc="{{WebUtility.HtmlEncode(Encoding.UTF8.GetString(page))}}"></iframe>
            <script>
            onload = async () => {
              const page = document.querySelector('iframe').contentDocument;
              const answer = await (async () => { {{script}} })();
              document.documentElement.innerHTML = '';
              document.title = 'answer:' + answer + ':';
            };
            </script>
            """;
        var (dom, console) = await Open(Encoding.UTF8.GetBytes(outer), dark);
        var answer = Answer().Match(dom);
        Assert.True(answer.Success, $"the page gave no answer: {string.Join('\n', console)}");
        return WebUtility.HtmlDecode(answer.Groups[1].Value);
    }

    [GeneratedRegex("^.*CONSOLE.*$", RegexOptions.Multiline)]
    private static partial Regex ConsoleLine();

    [GeneratedRegex("<title>answer:(.*):</title>", RegexOptions.Singleline)]
    private static partial Regex Answer();
}
