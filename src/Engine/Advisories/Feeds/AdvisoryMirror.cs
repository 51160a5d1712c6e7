using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>
/// OSV's bulk export, or a server that is laid out as it is. An export that is known is asked for only if it has changed (RFC 9110, 13.1). What
/// goes wrong is an answer that says so.
/// </summary>
/// <param name="address">With or without a slash at its end.</param>
public sealed class AdvisoryMirror(Uri address, MirrorLimits limits) : IDisposable
{
    /// <summary>The export of the OSV project itself.</summary>
    public const string Osv = "https://osv-vulnerabilities.storage.googleapis.com";

    readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = limits.Silence, MaxAutomaticRedirections = 5 })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("plimsoll", "1") } },
    };

    /// <summary>What it is known by in a library.</summary>
    public string Name { get; } = address.AbsoluteUri.TrimEnd('/');

    /// <summary>The ecosystems that it has.</summary>
    public async Task<MirrorList> Ecosystems(CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var answer = await Get(EcosystemList.Name, null, bytes, EcosystemList.MostBytes, null, ct);
        if (answer.Failure is not null)
            return new([], answer.Failure);
        var names = EcosystemList.Parse(Encoding.UTF8.GetString(bytes.ToArray()));
        return new(names, names.Count > 0 ? null : $"{Name}/{EcosystemList.Name} names no ecosystem");
    }

    /// <summary>Writes the export of an ecosystem into a file, which holds anything when it fails.</summary>
    /// <param name="known">What the library has of it. Only what came from this mirror can be unchanged there.</param>
    public Task<MirrorAnswer> Export(string ecosystem, Provenance? known, Stream into, IProgress<Transfer>? progress, CancellationToken ct) =>
        Get($"{Uri.EscapeDataString(ecosystem)}/all.zip", known?.Origin == Name ? known : null, into, limits.ExportBytes, progress, ct);

    public void Dispose() => _http.Dispose();

    async Task<MirrorAnswer> Get(string path, Provenance? known, Stream into, long most, IProgress<Transfer>? progress, CancellationToken ct)
    {
        var (url, isUnderWay) = ($"{Name}/{path}", false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(limits.Export);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            // As they were given: a date in another form, or a tag in no form at all, is still what the mirror knows it by.
            if (known?.EntityTag is { } tag)
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            if (known?.LastModified is { } date)
                request.Headers.TryAddWithoutValidation("If-Modified-Since", date);
            using var response = await InTime(token => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), patience.Token);
            if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
                return new(IsUnchanged: true, known.EntityTag, known.LastModified, null);
            if (response.StatusCode != HttpStatusCode.OK)
                return MirrorAnswer.Failed($"{url} answers {(int)response.StatusCode}");
            var total = response.Content.Headers.ContentLength;
            if (total > most)
                return MirrorAnswer.Failed($"{url} has more than {most} bytes");
            isUnderWay = true;
            if (!await Copy(response, into, total, most, progress, patience.Token))
                return MirrorAnswer.Failed($"{url} has more than {most} bytes");
            return new(IsUnchanged: false, Header(response.Headers, "ETag"), Header(response.Content.Headers, "Last-Modified"), null);
        }
        catch (TimeoutException)
        {
            return MirrorAnswer.Failed(isUnderWay ? $"{address.Authority} fell silent in the middle of {path}" : $"{address.Authority} does not answer");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return MirrorAnswer.Failed($"{url} did not come within {limits.Export.TotalMinutes:0} minutes");
        }
        catch (HttpRequestException e)
        {
            return MirrorAnswer.Failed(isUnderWay ? $"the connection to {address.Authority} broke in the middle of {path}" : $"{address.Authority} cannot be reached ({e.HttpRequestError})");
        }
    }

    // False when there is more than it may be.
    async Task<bool> Copy(HttpResponseMessage response, Stream into, long? total, long most, IProgress<Transfer>? progress, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var (buffer, done) = (new byte[1 << 16], 0L);
        while (await InTime(token => Read(body, buffer, token), ct) is var count and > 0)
        {
            if ((done += count) > most)
                return false;
            await into.WriteAsync(buffer.AsMemory(0, count), ct);
            progress?.Report(new(done, total));
        }
        return true;
    }

    // A disk that is full is another matter, and no answer of a mirror.
    static async Task<int> Read(Stream body, byte[] buffer, CancellationToken ct)
    {
        try
        {
            return await body.ReadAsync(buffer, ct);
        }
        catch (IOException e)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, null, e);
        }
    }

    async Task<T> InTime<T>(Func<CancellationToken, Task<T>> step, CancellationToken ct)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
        silence.CancelAfter(limits.Silence);
        try
        {
            return await step(silence.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException(null, e);
        }
    }

    // Longer ones than any that are sent are not worth keeping.
    static string? Header(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && values.FirstOrDefault() is { Length: > 0 and < 1024 } value ? value : null;
}

/// <summary>How far an export is.</summary>
/// <param name="Total">Bytes; null where the mirror does not say.</param>
public readonly record struct Transfer(long Done, long? Total);

/// <param name="Failure">Null where there is none.</param>
public sealed record MirrorList(IReadOnlyList<string> Ecosystems, string? Failure);

/// <param name="IsUnchanged">It is what is known, and nothing was written.</param>
/// <param name="Failure">A sentence without a full stop; null where there is none.</param>
public sealed record MirrorAnswer(bool IsUnchanged, string? EntityTag, string? LastModified, string? Failure)
{
    internal static MirrorAnswer Failed(string why) => new(false, null, null, why);
}
