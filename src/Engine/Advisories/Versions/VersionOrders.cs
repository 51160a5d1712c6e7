namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>The order of versions of each ecosystem that OSV names. Source: the OSV schema, "Defined Ecosystems".</summary>
public static class VersionOrders
{
    /// <summary>The order of an OSV ecosystem without its suffix (<c>Debian</c>, not <c>Debian:12</c>), or null where none is known.</summary>
    public static IVersionOrder? For(string ecosystem) => null;
}
