using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using k8s;
using k8s.Models;

namespace Plimsoll.Operator.Cluster;

/// <summary>The objects of one kind, as the API server lists them and tells what becomes of them.</summary>
/// <param name="ns">Null: of every namespace.</param>
/// <param name="labels">A selector; null: all.</param>
internal sealed class ObjectFeed<T>(ApiServer server, ResourceType type, string? ns = null, string? labels = null)
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    const int LongestEvent = 8 << 20;

    /// <summary>As deep as the API server itself reads. One object that is deeper than its type can be is left out; it shall not take the others with it.</summary>
    static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 10_000 };

    /// <summary>How long a watch may last, in seconds, by the server's clock. Many watches that began together shall not end together.</summary>
    public (int Least, int Most) WatchSeconds { get; init; } = (300, 600);

    /// <summary>How much longer than that nothing may be heard before a watch counts as dead.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Objects of one page of a list.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>How long one page of a list may take.</summary>
    public TimeSpan PageWithin { get; init; } = TimeSpan.FromMinutes(2);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public ResourceType Type => type;

    /// <summary>Null: of every namespace.</summary>
    public string? Namespace => ns;

    /// <summary>Everything there is, page by page. Pages are of one moment; when the server no longer keeps it, everything is asked for at once.</summary>
    public async Task<Listing<T>> List(CancellationToken ct)
    {
        try
        {
            return await List(PageSize, ct);
        }
        catch (Exception e) when (e.IsGone())
        {
            return await List(null, ct);
        }
    }

    /// <summary>What happens after <paramref name="resourceVersion"/>, until the server ends it, which is no fault, or goes silent.</summary>
    /// <exception cref="k8s.Autorest.HttpOperationException">The server refused the request.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async IAsyncEnumerable<WatchEvent<T>> Watch(string resourceVersion, [EnumeratorCancellation] CancellationToken ct)
    {
        var seconds = RandomNumberGenerator.GetInt32(WatchSeconds.Least, WatchSeconds.Most + 1);
        var longest = TimeSpan.FromSeconds(seconds) + Grace;
        using var silence = new CancellationTokenSource(longest, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, silence.Token);
        using var response = await server.Open(Query($"watch=true&allowWatchBookmarks=true&timeoutSeconds={seconds}&resourceVersion={Uri.EscapeDataString(resourceVersion)}"), either.Token);
        await using var lines = new LineReader(await response.Content.ReadAsStreamAsync(either.Token), LongestEvent);
        while (await Next(lines, either.Token, ct))
        {
            silence.CancelAfter(longest);
            yield return Read(lines);
        }
    }

    async Task<Listing<T>> List(int? pageSize, CancellationToken ct)
    {
        var (items, unread, next) = (new List<T>(), new List<string>(), (string?)null);
        while (true)
        {
            using var time = new CancellationTokenSource(PageWithin, Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Token);
            using var response = await server.Open(Query($"{(pageSize is { } size ? $"limit={size}" : "")}{(next is null ? "" : $"&continue={Uri.EscapeDataString(next)}")}"), either.Token);
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            using var page = await JsonDocument.ParseAsync(body, AnyDepth, either.Token);
            foreach (var item in Items(page.RootElement))
                if (Decode(item, out var problem) is { } decoded)
                    items.Add(decoded);
                else
                    unread.Add(problem!);
            var metadata = page.RootElement.GetProperty("metadata");
            next = metadata.TryGetProperty("continue", out var token) && token.GetString() is { Length: > 0 } more ? more : null;
            if (next is null)
                return new Listing<T>(items, unread, metadata.GetProperty("resourceVersion").GetString()!);
        }
    }

    // Go writes an empty list as null, too.
    static JsonElement.ArrayEnumerator Items(JsonElement page) => page.TryGetProperty("items", out var items)
        ? items.ValueKind switch { JsonValueKind.Array => items.EnumerateArray(), JsonValueKind.Null => default, _ => throw new JsonException("the items of a list are no array") }
        : throw new JsonException("a list has no items");

    string Query(string query) => $"{type.Path(ns)}?{(labels is null ? "" : $"labelSelector={Uri.EscapeDataString(labels)}&")}{query}";

    // Silence ends a watch as the server's own limit does: it goes on from where it was.
    static async Task<bool> Next(LineReader lines, CancellationToken either, CancellationToken ct)
    {
        try
        {
            return await lines.Read(either);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    WatchEvent<T> Read(LineReader lines)
    {
        try
        {
            using var line = JsonDocument.Parse(lines.Line, AnyDepth);
            var (word, thing) = (line.RootElement.GetProperty("type").GetString(), line.RootElement.GetProperty("object"));
            return word switch
            {
                "ERROR" => new WatchEvent<T>(WatchKind.Error, null, null, thing.TryGetProperty("code", out var code) ? code.GetInt32() : null, thing.TryGetProperty("message", out var text) ? text.GetString() : null),
                "BOOKMARK" => new WatchEvent<T>(WatchKind.Bookmark, null, Version(thing)),
                "ADDED" or "MODIFIED" or "DELETED" => Decode(thing, out var problem) is { } decoded
                    ? new WatchEvent<T>(word switch { "ADDED" => WatchKind.Added, "MODIFIED" => WatchKind.Modified, _ => WatchKind.Deleted }, decoded, Version(thing))
                    : new WatchEvent<T>(WatchKind.Undecodable, null, null, Message: problem),
                _ => new WatchEvent<T>(WatchKind.Undecodable, null, null, Message: $"an event of the type '{word}'"),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new WatchEvent<T>(WatchKind.Undecodable, null, null, Message: e.Message);
        }
    }

    static string Version(JsonElement thing) => thing.GetProperty("metadata").GetProperty("resourceVersion").GetString() ?? throw new JsonException("there is no resourceVersion");

    T? Decode(JsonElement thing, out string? problem)
    {
        try
        {
            var decoded = KubernetesJson.Deserialize<T>(thing.GetRawText());
            if (decoded?.Metadata is not { Name.Length: > 0, NamespaceProperty.Length: > 0 })
            {
                problem = "an object has no name";
                return null;
            }
            // Lists leave these out of their items.
            (decoded.ApiVersion, decoded.Kind) = (type.ApiVersion, type.Kind);
            // Nobody here reads them, and they are half of what an object takes.
            decoded.Metadata.ManagedFields = null;
            problem = null;
            return decoded;
        }
        catch (Exception e) when (e is JsonException or FormatException or NotSupportedException or InvalidOperationException)
        {
            problem = e.Message;
            return null;
        }
    }
}

/// <summary>Everything that there was at one moment.</summary>
/// <param name="Unread">Why each object that is left out could not be read.</param>
/// <param name="ResourceVersion">Where a watch begins.</param>
internal sealed record Listing<T>(IReadOnlyList<T> Items, IReadOnlyList<string> Unread, string ResourceVersion);
