using System.Net;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>
/// Follows redirects (RFC 9110, 15.4) of requests that only read, and those that let a request stay what it is. No login goes along to another host, and
/// none leaves HTTPS.
/// </summary>
internal sealed class Redirects(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    const int Most = 5;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var followed = 0; ; followed++)
        {
            var from = request.RequestUri!;
            var response = await base.SendAsync(request, cancellationToken);
            if (!IsRedirect(response.StatusCode, request.Method) || response.Headers.Location is not { } location)
                return response;
            response.Dispose();
            if (followed == Most)
                throw new UnreadableImageException($"{from.Authority} redirects in a circle, or more than {Most} times");
            request.RequestUri = Target(from, location);
            if (!IsSameOrigin(from, request.RequestUri))
                request.Headers.Authorization = null;
        }
    }

    static Uri Target(Uri from, Uri location)
    {
        if (!Uri.TryCreate(from, location, out var to) || to.Scheme != Uri.UriSchemeHttps && to.Scheme != Uri.UriSchemeHttp)
            throw new UnreadableImageException($"{from.Authority} redirects to something that is no web address");
        return from.Scheme == Uri.UriSchemeHttps && to.Scheme == Uri.UriSchemeHttp
            ? throw new UnreadableImageException($"{from.Authority} redirects from HTTPS to plain HTTP, which anybody on the way could read and change", "have the registry redirect to HTTPS")
            : to;
    }

    static bool IsRedirect(HttpStatusCode status, HttpMethod method) => status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        || status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther && (method == HttpMethod.Get || method == HttpMethod.Head);

    public static bool IsSameOrigin(Uri a, Uri b) => a.Scheme == b.Scheme && a.Host == b.Host && a.Port == b.Port;
}
