using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Perf.Rollouts;

/// <summary>One request that the operator made for one rollout.</summary>
/// <param name="ToService">Or to the API server.</param>
internal sealed record Recorded(bool ToService, string Method, string Path, string? Type, string? Body);

/// <summary>Counts the requests that come to the API server, and keeps those that are about one rollout.</summary>
internal sealed partial class Recording(string name)
{
    readonly ConcurrentDictionary<string, int> _kinds = [];
    readonly ConcurrentQueue<Recorded> _kept = [];

    public IReadOnlyDictionary<string, int> Kinds => _kinds;

    public IReadOnlyList<Recorded> Kept => [.. _kept];

    public async Task<bool> See(HttpContext context)
    {
        var request = context.Request;
        var isWatch = request.Query["watch"] == "true";
        _kinds.AddOrUpdate(isWatch ? "watch" : $"{request.Method} {Name().Replace(request.Path, "")}", 1, (_, count) => count + 1);
        if (request.Method is "GET" || request.Path.Value!.Contains("/leases", StringComparison.Ordinal))
            return false;
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var body = await reader.ReadToEndAsync();
        request.Body.Position = 0;
        if (request.Path.Value.Split('/').Contains(name) || body.Contains($"\"name\":\"{name}\"", StringComparison.Ordinal))
            _kept.Enqueue(new Recorded(false, request.Method, request.Path + request.QueryString, request.ContentType, body));
        return false;
    }

    public static void Write(string path, IEnumerable<Recorded> all) => File.WriteAllText(path, JsonSerializer.Serialize(all));

    [GeneratedRegex("(?<=/(imagerollouts|deployments|pods|leases))/[^/]+")]
    private static partial Regex Name();
}
