using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Tests.Advisories.Matching;

/// <summary>Holds records that tests write down against components.</summary>
internal static class Matches
{
    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static Component Component(string? ecosystem, string name, string version, string? source = null, string? sourceVersion = null, string? stream = null, OwnerKind owner = OwnerKind.None) =>
        new(ecosystem, name, version, source ?? name, sourceVersion ?? version, stream, null, owner);

    /// <summary>The only match; fails where there is none.</summary>
    public static Match Of(Advisory advisory, Component component) => Assert.Single(AdvisorySet.Of([advisory]).Match(component, Now));

    public static Match Of(Advisory advisory, string version) => Of(advisory, Component(advisory.Affected[0].Ecosystem, advisory.Affected[0].Name, version));

    public static bool None(Advisory advisory, Component component) => AdvisorySet.Of([advisory]).Match(component, Now).Count == 0;
}
