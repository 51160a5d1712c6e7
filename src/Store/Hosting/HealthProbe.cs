using System.Globalization;

namespace Plimsoll.Store.Hosting;

/// <summary>Asks a service, this container's unless told of another, whether it can work: the health check of an image that has no shell and no curl.</summary>
internal static class HealthProbe
{
    /// <summary>The service in this container.</summary>
    public static Uri Own => new($"http://127.0.0.1:{Port}/health");

    static int Port => (Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? "").Split(';')[0] is { Length: > 0 } url
        && int.TryParse(url[(url.LastIndexOf(':') + 1)..].TrimEnd('/'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 8000;

    public static async Task<int> Run(Uri health)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
        try
        {
            using var answer = await http.GetAsync(health);
            if (answer.IsSuccessStatusCode)
                return 0;
            await Console.Error.WriteLineAsync($"{health} answers {(int)answer.StatusCode}");
            return 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
