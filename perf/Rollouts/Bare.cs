using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plimsoll.Perf.Rollouts;

/// <summary>The same requests with the same bodies, one after the other for each rollout, with no cache, queue or decision between them: the floor.</summary>
internal static class Bare
{
    public static async Task<int> Run(string file, Uri cluster, Uri service, int count, int workers)
    {
        var recorded = JsonSerializer.Deserialize<List<Recorded>>(await File.ReadAllTextAsync(file))!;
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = workers };
        using var http = new HttpClient(handler);
        var known = new Dictionary<string, JsonNode>();
        foreach (var path in new[] { "apis/plimsoll.dev/v1alpha1/imagerollouts", "apis/apps/v1/deployments" })
            foreach (var thing in JsonNode.Parse(await http.GetStringAsync(new Uri(cluster, path)))!["items"]!.AsArray())
                known[$"{path.Split('/')[^1]}/{thing!["metadata"]!["name"]}"] = thing["metadata"]!;
        var next = -1;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < count)
            {
                var metadata = new Dictionary<string, JsonNode> { ["imagerollouts"] = known[$"imagerollouts/bare-{i}"], ["deployments"] = known[$"deployments/bare-{i}"] };
                foreach (var one in recorded)
                    await Send(http, new Uri(one.ToService ? service : cluster, one.Path.Replace("web-0", $"bare-{i}", StringComparison.Ordinal)), one, i, metadata);
            }
        }));
        Console.WriteLine(Stopwatch.GetElapsedTime(began).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture));
        return 0;
    }

    static async Task Send(HttpClient http, Uri address, Recorded one, int i, Dictionary<string, JsonNode> metadata)
    {
        using var message = new HttpRequestMessage(new HttpMethod(one.Method), address);
        var plural = one.ToService ? null : metadata.Keys.FirstOrDefault(plural => one.Path.Contains($"/{plural}/", StringComparison.Ordinal));
        if (one.Body is { Length: > 0 } text)
        {
            text = text.Replace("web-0", $"bare-{i}", StringComparison.Ordinal);
            if (plural is not null && JsonNode.Parse(text) is { } body)
            {
                foreach (var field in new[] { "uid", "resourceVersion" })
                    body["metadata"]![field] = metadata[plural][field]!.DeepClone();
                text = body.ToJsonString();
            }
            else if (one.Path.Contains("/events", StringComparison.Ordinal) && JsonNode.Parse(text) is { } told)
            {
                told["metadata"]!["name"] = $"bare-{i}.{Guid.NewGuid():N}";
                text = told.ToJsonString();
            }
            message.Content = new StringContent(text, Encoding.UTF8);
            message.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(one.Type ?? "application/json");
        }
        using var answer = await http.SendAsync(message);
        var said = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{one.Method} {address}: {(int)answer.StatusCode} {said}");
        if (plural is not null)
            metadata[plural] = JsonNode.Parse(said)!["metadata"]!;
    }
}
