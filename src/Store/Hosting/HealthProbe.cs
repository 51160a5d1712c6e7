using System.Globalization;

namespace Plimsoll.Store.Hosting;

/// <summary>Asks the service in this container whether it lives: the health check of an image that has no shell and no curl.</summary>
internal static class HealthProbe
{
    public static async Task<int> Run()
    {
        var port = (Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? "").Split(';')[0] is { Length: > 0 } url
            && int.TryParse(url[(url.LastIndexOf(':') + 1)..].TrimEnd('/'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 8000;
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health"));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
