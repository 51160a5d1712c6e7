using System.Security.Cryptography;
using System.Text;
using Plimsoll.Api.Http;
using Plimsoll.Store.Requests;

namespace Plimsoll.Api.Requests;

/// <summary>
/// A POST with an <c>Idempotency-Key</c> is done once: sent again by the same token it gets the same answer
/// (draft-ietf-httpapi-idempotency-key-header-07). An upload is received each time and told apart by its digest, since the same bytes are
/// one inspection anyway; what was asked otherwise is told apart by its path and body.
/// </summary>
internal sealed class Idempotency(RequestDelegate next, IdempotencyStore store)
{
    const string Header = "Idempotency-Key";
    const int LongestKey = 255;

    /// <summary>An answer above this is not kept.</summary>
    const int LongestAnswer = 1 << 20;

    public async Task InvokeAsync(HttpContext context)
    {
        var given = context.Request.Headers[Header];
        if (given.Count == 0 || !HttpMethods.IsPost(context.Request.Method) || !context.Request.Path.StartsWithSegments("/v1"))
        {
            await next(context);
            return;
        }
        if (given is not [{ Length: > 0 and <= LongestKey } key] || key.Any(c => c is <= ' ' or > '~'))
        {
            await Problems.BadRequest($"{Header} takes 1 to {LongestKey} visible characters of ASCII").ExecuteAsync(context);
            return;
        }
        var caller = context.User.CallerName();
        if (await Fingerprint(context) is not { } fingerprint)
        {
            await next(context);
            return;
        }
        var (found, answer) = await store.Begin(caller, key, fingerprint, context.RequestAborted);
        switch (found)
        {
            case Found.Answer:
                await Repeat(context, answer!);
                break;
            case Found.Other:
                await Problems.Of(422, "key-reused", "The Idempotency-Key was used for another request", "a key stands for one request; take a new one").ExecuteAsync(context);
                break;
            case Found.UnderWay:
                context.Response.Headers.RetryAfter = "1";
                await Problems.Of(409, "request-under-way", "The same request is under way", "its answer can be had with the same key when it has ended").ExecuteAsync(context);
                break;
            default:
                await Do(context, caller, key, fingerprint);
                break;
        }
    }

    async Task Do(HttpContext context, string caller, string key, string fingerprint)
    {
        var answer = context.Response.Body;
        using var kept = new MemoryStream();
        context.Response.Body = kept;
        var ended = false;
        try
        {
            await next(context);
            // A refusal of limits, or a fault, says nothing of the request.
            if (context.Response.StatusCode is < 500 and not 429 && kept.Length <= LongestAnswer)
            {
                await store.End(caller, key, fingerprint, new KeptAnswer(context.Response.StatusCode, context.Response.Headers.Location, context.Response.ContentType, kept.ToArray()), CancellationToken.None);
                ended = true;
            }
        }
        finally
        {
            context.Response.Body = answer;
            if (!ended)
                await store.GiveUp(caller, key, CancellationToken.None);
        }
        kept.Position = 0;
        await kept.CopyToAsync(answer, context.RequestAborted);
    }

    static async Task Repeat(HttpContext context, KeptAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.Location is not null)
            context.Response.Headers.Location = answer.Location;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    // Null for an upload, which needs no key: its digest is one.
    static async Task<string?> Fingerprint(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Inspections.UploadLimit>() is { } upload && (upload.TakesJson || !context.Request.HasJsonContentType()))
            return null;
        context.LimitBody(ApiServices.RequestBytes);
        context.Request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Path}{context.Request.QueryString}\n{context.Request.ContentType}\n"));
        var buffer = new byte[16 << 10];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
            hash.AppendData(buffer, 0, read);
        context.Request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
