using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;

namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>
/// Files from a server: only if they have changed (RFC 9110, 13.1), no larger than they may be, and asked for a second time where the fault may
/// pass. What goes wrong is an answer that says so.
/// </summary>
internal sealed class Download(MirrorLimits limits) : IDisposable
{
    readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = limits.Silence, MaxAutomaticRedirections = 5 })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("plimsoll", "1") } },
    };

    readonly ResiliencePipeline<MirrorAnswer> _again = new ResiliencePipelineBuilder<MirrorAnswer>().AddRetry(new RetryStrategyOptions<MirrorAnswer>
    {
        MaxRetryAttempts = 1,
        Delay = limits.Wait,
        ShouldHandle = new PredicateBuilder<MirrorAnswer>().HandleResult(answer => answer.MayPass),
    }).Build();

    /// <param name="shown">What the file is called where something is said of it.</param>
    /// <param name="known">An answer is wanted only if it would be another than the one that these came with.</param>
    /// <param name="bearer">Who asks; null for anybody.</param>
    /// <param name="into">Is written from its beginning, and holds anything when it fails.</param>
    public async Task<MirrorAnswer> Get(Uri url, string shown, Validators known, Stream into, long most, IProgress<Transfer>? progress, CancellationToken ct, string? bearer = null) =>
        await _again.ExecuteAsync(
            async token =>
            {
                into.SetLength(0);
                return await Once(url, shown, known, bearer, into, most, progress, token);
            }, ct);

    public void Dispose() => _http.Dispose();

    async Task<MirrorAnswer> Once(Uri url, string shown, Validators known, string? bearer, Stream into, long most, IProgress<Transfer>? progress, CancellationToken ct)
    {
        var isUnderWay = false;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(limits.Export);
        try
        {
            using var request = known.Ask(url);
            if (bearer is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            using var response = await InTime(token => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), patience.Token);
            if (response.StatusCode == HttpStatusCode.NotModified && !known.AreNone)
                return new(IsUnchanged: true, known, null) { AsOf = AsOf(response) };
            if (response.StatusCode != HttpStatusCode.OK)
                return MirrorAnswer.Failed($"{url.OriginalString} answers {(int)response.StatusCode}", (int)response.StatusCode);
            var total = response.Content.Headers.ContentLength;
            isUnderWay = true;
            return total > most || !await Copy(response, into, total, most, progress, patience.Token)
                ? MirrorAnswer.Failed($"{url.OriginalString} has more than {most} bytes", (int)response.StatusCode) : new(IsUnchanged: false, Validators.Of(response), null) { AsOf = AsOf(response) };
        }
        catch (TimeoutException)
        {
            return MirrorAnswer.Failed(isUnderWay ? $"{url.Authority} fell silent in the middle of {shown}" : $"{url.Authority} does not answer");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return MirrorAnswer.Failed($"{url.OriginalString} did not come within {limits.Export.TotalMinutes:0} minutes", (int)HttpStatusCode.OK);
        }
        catch (HttpRequestException e)
        {
            return MirrorAnswer.Failed(isUnderWay ? $"the connection to {url.Authority} broke in the middle of {shown}" : $"{url.Authority} cannot be reached ({e.HttpRequestError})");
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

    static DateTimeOffset? AsOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(MirrorAnswer.AsOfHeader, out var values) && DateTimeOffset.TryParse(values.First(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

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
}

/// <summary>How far an export is.</summary>
/// <param name="Total">Bytes; null where the mirror does not say.</param>
public readonly record struct Transfer(long Done, long? Total);
