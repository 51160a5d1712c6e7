using System.Globalization;
using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Plimsoll.Operator.Cluster;

/// <summary>What the API server's refusals mean to who asked.</summary>
internal static class Refusal
{
    /// <summary>In seconds. A number that somebody got wrong shall not stop a loop for good.</summary>
    const int LongestPause = 300;

    /// <summary>The version that was asked for, or the page, is no longer kept: everything has to be listed anew.</summary>
    public static bool IsGone(this Exception e) => e is HttpOperationException { Response.StatusCode: HttpStatusCode.Gone };

    /// <summary>Somebody wrote meanwhile: read and decide again.</summary>
    public static bool IsConflict(this Exception e) => e is HttpOperationException { Response.StatusCode: HttpStatusCode.Conflict };

    public static bool IsNotFound(this Exception e) => e is HttpOperationException { Response.StatusCode: HttpStatusCode.NotFound };

    /// <summary>Broken connections and refusals of the server: what a loop goes on after. Anything else is a mistake of ours.</summary>
    public static bool IsOfTheServer(this Exception e, CancellationToken ct) => e switch
    {
        HttpOperationException or HttpRequestException or IOException => true,
        // A request that ran into a time limit of its own, not into the end of the loop.
        OperationCanceledException => !ct.IsCancellationRequested,
        _ => false,
    };

    /// <summary>Not this moment's trouble: the same request would be refused again.</summary>
    public static bool IsLasting(this Exception e) => e is HttpOperationException { Response.StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests };

    /// <summary>What the server says about it, for people.</summary>
    public static string Reason(this HttpOperationException e)
    {
        try
        {
            return e.Response.Content is { Length: > 0 } body && KubernetesJson.Deserialize<V1Status>(body).Message is { Length: > 0 } message ? message : e.Message;
        }
        catch (JsonException)
        {
            return e.Message;
        }
    }

    /// <summary>How long the server asks to wait (RFC 9110, 10.2.3), within reason; null where it does not.</summary>
    public static TimeSpan? RetryAfter(this Exception e) =>
        e is HttpOperationException { Response.Headers: { } headers } && headers.TryGetValue("Retry-After", out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(Math.Min(seconds, LongestPause)) : null;
}
