using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>The API behind its Service, as <c>kubectl port-forward</c> leads to it.</summary>
internal sealed partial class Service : IDisposable
{
    readonly Process _forward;

    Service(Process forward, Uri address, string token)
    {
        _forward = forward;
        Http = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
    }

    public HttpClient Http { get; }

    public static async Task<Service> Reach(Kubectl kubectl, string name)
    {
        var token = await kubectl.Run("get", "secret", name, "--output", "go-template={{.data.ADMIN_TOKEN | base64decode}}");
        var forward = kubectl.Start("port-forward", $"service/{name}", ":80");
        var line = await forward.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        if (line is null || Port().Match(line) is not { Success: true } port)
            throw new InvalidOperationException($"kubectl port-forward: {line ?? await forward.StandardError.ReadToEndAsync()}");
        // It tells of each connection, and stops when nobody reads that.
        _ = forward.StandardOutput.ReadToEndAsync();
        _ = forward.StandardError.ReadToEndAsync();
        return new Service(forward, new Uri($"http://127.0.0.1:{port.Groups[1].Value}"), token);
    }

    public void Dispose()
    {
        Http.Dispose();
        _forward.Kill();
        _forward.Dispose();
    }

    [GeneratedRegex(@"127\.0\.0\.1:(\d+) ->")]
    private static partial Regex Port();
}
