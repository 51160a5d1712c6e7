using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>What a webhook was sent.</summary>
internal sealed record Received(string Id, string Timestamp, string Signature, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>As a receiver does by the Standard Webhooks specification: it knows its secret, the time, and nothing of the sender.</summary>
    public bool IsGenuine(string secret, DateTimeOffset now)
    {
        if (!long.TryParse(Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var sent) || (now - DateTimeOffset.FromUnixTimeSeconds(sent)).Duration() > TimeSpan.FromMinutes(5))
            return false;
        byte[] message = [.. Encoding.UTF8.GetBytes($"{Id}.{Timestamp}."), .. Body];
        var expected = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), message);
        return Signature.Split(' ').Any(one => one.StartsWith("v1,", StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(one[3..]), expected));
    }
}

/// <summary>A server that receives webhooks on a free loopback port, and answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly Channel<Received> _requests = Channel.CreateUnbounded<Received>();

    Receiver(WebApplication app, string url) => (_app, Url) = (app, url);

    public string Url { get; }

    /// <summary>All that came so far, whether the test has looked at it or not.</summary>
    public int Count { get; private set; }

    /// <param name="answer">Null: 200 to everything.</param>
    public static async Task<Receiver> Start(Func<HttpContext, Task>? answer = null)
    {
        var port = Server.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var receiver = new Receiver(builder.Build(), $"http://127.0.0.1:{port}/hook");
        receiver._app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            string Header(string name) => context.Request.Headers[name].ToString();
            lock (receiver)
                receiver.Count++;
            receiver._requests.Writer.TryWrite(new Received(Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), body.ToArray()));
            if (answer is not null)
                await answer(context);
        });
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>The next request, when it has come.</summary>
    public async Task<Received> Next()
    {
        using var patience = Wait.Patience();
        return await _requests.Reader.ReadAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }
}
