using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Store.Settings;

/// <summary>Reads where advisories come from.</summary>
internal static class AdvisoryReading
{
    const string Public = "osv", Off = "off";

    /// <param name="text">Gives the value of a variable; null when it is unset.</param>
    /// <exception cref="SettingsException">An address is none.</exception>
    public static AdvisorySettings Read(Func<string, string?> text, IReadOnlyList<string> ecosystems)
    {
        var source = text(Variables.AdvisorySource) switch { null or Off => null, Public => new Uri(AdvisoryMirror.Osv), var address => Address(Variables.AdvisorySource, address) };
        Uri? Feed(string variable, SourceKind kind) => text(variable) switch
        {
            null => text(Variables.AdvisorySource) == Public ? ExploitationFeed.PublicAddress(kind) : null,
            Off => null,
            var address => Address(variable, address),
        };
        return new AdvisorySettings(source, text(Variables.AdvisoryToken), ecosystems,
        [
            .. new[] { (Kind: SourceKind.KnownExploited, Url: Feed(Variables.AdvisoryKev, SourceKind.KnownExploited)), (Kind: SourceKind.ExploitScores, Url: Feed(Variables.AdvisoryEpss, SourceKind.ExploitScores)) }
                .Where(feed => feed.Url is not null).Select(feed => (feed.Kind, feed.Url!)),
        ]);
    }

    static Uri Address(string variable, string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length == 0
        ? uri : throw new SettingsException(variable, $"'{text}' is no address; it takes {Variables.All.Single(one => one.Name == variable).Takes}");
}
