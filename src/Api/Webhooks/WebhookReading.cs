using System.Net;
using Plimsoll.Client;
using Plimsoll.Store.Reach;
using Plimsoll.Store.Settings;
using Plimsoll.Store.Webhooks;

namespace Plimsoll.Api.Webhooks;

/// <summary>What was asked for, or why it cannot be had.</summary>
internal sealed record WebhookReading(WebhookTerms? Terms, string? Problem)
{
    const int UrlLength = 2000;
    const int DescriptionLength = 200;

    public static WebhookReading Of(WebhookRequestBody body, Reachable reach)
    {
        if (body.Url is not { Length: > 0 and <= UrlLength } text || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            return new(null, $"url takes an address of at most {UrlLength} characters that begins with https:// or http://");
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            return new(null, "url takes no user name, no password and no fragment: the signature tells a receiver who calls");
        // A name is judged whenever it is connected to; an address that stands here can be judged now.
        if (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) && !reach.Allows(url.IdnHost, address))
            return new(null, $"the address of {url.Host} is not public, and {Variables.WebhookAllowPrivate} does not allow it");
        if (body.Description is { } description && (description.Length > DescriptionLength || description.Any(char.IsControl)))
            return new(null, $"description takes at most {DescriptionLength} characters, and no control characters");
        if (body.Events is { } events && (events.Count is 0 or > 20 || events.Any(type => !EventTypes.All.Contains(type))))
            return new(null, $"events takes one or several of {string.Join(", ", EventTypes.All)}; leave it out for all");
        return new(new WebhookTerms(url.AbsoluteUri, body.Description, body.Events is { } types ? string.Join(',', types.Distinct()) : null, body.Enabled ?? true), null);
    }
}
