using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>
/// What a record and a package are brought together by: the ecosystem, a zero character, and the name in the form in which all its spellings
/// are one.
/// </summary>
public static class PackageKeys
{
    /// <summary>Those under which records about an installed package are found: none where nobody publishes any, two where a source package counts too.</summary>
    public static IEnumerable<string> Of(Component component) => AdvisorySet.Lookups(component).Select(lookup => Volume.PackageKey(lookup.Key.Ecosystem, lookup.Key.Name));

    /// <summary>Those of the packages that a record names.</summary>
    public static IEnumerable<string> Of(Advisory advisory) => AdvisoryFormat.Names(advisory).Select(package => Volume.PackageKey(package.Ecosystem, package.Name));
}
