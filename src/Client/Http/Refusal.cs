using System.Text.Json;

namespace Plimsoll.Client.Http;

/// <summary>An answer that is no success, as an exception.</summary>
internal static class Refusal
{
    /// <summary>An error document that is larger than this is none.</summary>
    const int MostBytes = 64 << 10;

    public static async Task<PlimsollException> Of(HttpResponseMessage response, TimeProvider clock, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (response.Headers.Location is { } elsewhere && status is >= 300 and < 400)
            return new PlimsollException(status, null, "The server points elsewhere", $"use {elsewhere.GetLeftPart(UriPartial.Authority)} as its address");
        var body = await Problem(response, ct);
        return new PlimsollException(
            status, body?.Type?.Split('/')[^1], body?.Title ?? response.ReasonPhrase ?? $"status {status}", body?.Detail, RetryAfter(response, clock), body?.Problems);
    }

    static async Task<ProblemBody?> Problem(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.Content.Headers.ContentType?.MediaType is not "application/problem+json")
            return null;
        var bytes = new byte[MostBytes];
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var length = await stream.ReadAtLeastAsync(bytes, MostBytes, throwOnEndOfStream: false, ct);
        try
        {
            return JsonSerializer.Deserialize(bytes.AsSpan(0, length), WireJson.Wire.ProblemBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > clock.GetUtcNow() ? date - clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };
}
