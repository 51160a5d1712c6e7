using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Plimsoll.Api.Http;
using Plimsoll.Store.Requests;
using Plimsoll.Store.Settings;

namespace Plimsoll.Api.Requests;

/// <summary>
/// Lets a token, or the address of one who has none, send so many requests. Each answer tells what is left in the headers of
/// draft-ietf-httpapi-ratelimit-headers-07. Wrong tokens cost their address more than a request: guessing is slow.
/// </summary>
internal sealed class RateLimits(RequestDelegate next, IBuckets buckets, Settings settings)
{
    /// <summary>What a submission costs: it is work for a worker.</summary>
    const int Submission = 5;

    /// <summary>Wrong tokens of one address.</summary>
    static readonly Rate Guesses = new(PerSecond: 0.5, Burst: 30);

    public async Task InvokeAsync(HttpContext context)
    {
        // Probes and scrapers come from the cluster, and a problem's page costs nothing.
        if (settings.Limits.Requests is not { } rate || !context.Request.Path.StartsWithSegments("/v1"))
        {
            await next(context);
            return;
        }
        var (name, isKnown) = context.User.Identity is { IsAuthenticated: true, Name: { } token } ? ($"token:{token}", true) : ($"address:{Network(context.Connection.RemoteIpAddress)}", false);
        if (!isKnown && context.Request.Headers.Authorization.Count > 0 && await buckets.Take($"guesses:{name}", Guesses, 1, context.RequestAborted) is { Allowed: false } guesses)
        {
            await Refuse(context, guesses, "too many wrong tokens came from this address");
            return;
        }
        var cost = HttpMethods.IsPost(context.Request.Method) && context.Request.Path == "/v1/inspections" ? Math.Min(Submission, rate.Burst) : 1;
        var allowance = await buckets.Take(name, rate, cost, context.RequestAborted);
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = rate.Burst.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = allowance.Left.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = Seconds((rate.Burst - allowance.Left) / rate.PerSecond);
        if (allowance.Allowed)
            await next(context);
        else
            await Refuse(context, allowance, "the token, or the address, has sent more requests than it may");
    }

    static Task Refuse(HttpContext context, Allowance allowance, string detail)
    {
        context.Response.Headers.RetryAfter = Seconds(allowance.Wait.TotalSeconds);
        return Problems.Of(429, "too-many-requests", "Too many requests", detail).ExecuteAsync(context);
    }

    static string Seconds(double seconds) => Math.Ceiling(seconds).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>One address of version 4; a network of 64 bits of version 6, of which one host has all addresses.</summary>
    internal static string Network(IPAddress? address)
    {
        if (address is null)
            return "none";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
