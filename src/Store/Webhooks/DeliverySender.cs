using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Store.Settings;

namespace Plimsoll.Store.Webhooks;

/// <summary>Makes one attempt: signs, sends, and reads the beginning of the answer. It goes only where the configuration lets it, and follows no redirect.</summary>
internal sealed class DeliverySender : IDisposable
{
    /// <summary>Of an answer, and no more is read of it.</summary>
    const int AnswerBytes = 1024;

    /// <summary>A receiver may not put a delivery off for longer.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(6);

    readonly HttpClient _http;
    readonly SecretKeys _keys;
    readonly TimeProvider _clock;
    readonly TimeSpan _patience;

    public DeliverySender(Settings.Settings settings, SecretKeys keys, TimeProvider clock)
    {
        (_keys, _clock, _patience) = (keys, clock, settings.WebhookTimeout);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            // A proxy looks names up itself, so that nobody could say which address is reached.
            UseProxy = false,
            ConnectCallback = async (context, ct) => await JudgedConnection.Open(context.DnsEndPoint, settings.WebhookReach.Allows, ct) ?? throw new NotAllowedException(context.DnsEndPoint.Host),
            // What a name stands for is judged anew from time to time.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
            // Receivers are strangers: they get no trace of ours.
            ActivityHeadersPropagator = null,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Whatever goes wrong is an answer, except that <paramref name="ct"/> ends it.</summary>
    public async Task<Answer> Send(Delivery delivery, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_patience);
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var request = Request(delivery);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var text = await Beginning(response, patience.Token);
            var status = (int)response.StatusCode;
            var error = status is >= 200 and < 300 ? null : status is >= 300 and < 400 ? $"it answered {status}, and redirects are not followed" : $"it answered {status}";
            return new Answer(status, Stopwatch.GetElapsedTime(started), text, error, Wait(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failed(started, $"it did not answer within {_patience.TotalSeconds:0} s");
        }
        catch (CryptographicException)
        {
            return Failed(started, "the secret cannot be decrypted, since SECRET_KEY is another than before: rotate the webhook's secret");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or UriFormatException)
        {
            return Failed(started, OneLine.Of(e.GetBaseException().Message));
        }
    }

    HttpRequestMessage Request(Delivery delivery)
    {
        var (id, now) = (delivery.Event.ToString(), _clock.GetUtcNow().ToUnixTimeSeconds());
        var signature = WebhookSignature.Sign(delivery.Secrets.Select(_keys.DecryptWebhook), id, now, delivery.Payload);
        return new HttpRequestMessage(HttpMethod.Post, new Uri(delivery.Url))
        {
            Headers =
            {
                { "User-Agent", "Plimsoll" }, { "webhook-id", id }, { "webhook-timestamp", now.ToString(CultureInfo.InvariantCulture) }, { "webhook-signature", signature },
            },
            Content = new ByteArrayContent(delivery.Payload) { Headers = { ContentType = new("application/json") } },
        };
    }

    static async Task<string> Beginning(HttpResponseMessage response, CancellationToken ct)
    {
        var bytes = new byte[AnswerBytes];
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        return OneLine.Of(Encoding.UTF8.GetString(bytes, 0, await body.ReadAtLeastAsync(bytes, AnswerBytes, throwOnEndOfStream: false, ct)));
    }

    TimeSpan? Wait(RetryConditionHeaderValue? header) => (header?.Delta ?? header?.Date - _clock.GetUtcNow()) is { } asked ? (asked < LongestWait ? asked : LongestWait) : null;

    static Answer Failed(long started, string error) => new(null, Stopwatch.GetElapsedTime(started), null, error);

    sealed class NotAllowedException(string host) : IOException($"the address of {host} is not public, and {Variables.WebhookAllowPrivate} does not allow it");
}
