using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Tests.Advisories.Matching;

/// <summary>Streams are built side by side: their versions say nothing of each other.</summary>
public sealed class ModuleStreamTests
{
    const string Fixed18 = "1:18.19.0-1.module_el8.9.0+3712+a21a8a56", Of18 = "1:18.12.1-2.module_el8.7.0+3370+a9a7b6a1", Of16 = "1:16.20.2-2.module_el8.9.0+3700+b9a1a1a1";

    [Theory]
    [InlineData(Of18, "nodejs:18", MatchOutcome.Affected)]
    [InlineData(Fixed18, "nodejs:18", MatchOutcome.NotAffected)]
    [InlineData(Of16, "nodejs:16", MatchOutcome.NotAffected)]
    // Its release says that it is of a module, and nothing says of which.
    [InlineData(Of16, null, MatchOutcome.Unknown)]
    [InlineData(Fixed18, null, MatchOutcome.NotAffected)]
    [InlineData("1:16.20.2-2.el8", null, MatchOutcome.NotAffected)]
    public void An_update_of_a_module_is_about_packages_of_its_stream(string version, string? stream, MatchOutcome outcome) =>
        Assert.Equal(outcome, Of(Update("Important: nodejs:18 security update", Fixed18), version, stream).Outcome);

    [Fact]
    public void An_update_whose_stream_nobody_names_is_unknown() =>
        Assert.Equal(MatchOutcome.Unknown, Of(Update("Important: nodejs security update", Fixed18), Of18, "nodejs:18").Outcome);

    [Fact]
    public void An_update_of_two_modules_is_about_both() =>
        Assert.Equal(MatchOutcome.Affected, Of(Update("Important: virt:rhel and nodejs:18 security update", Fixed18), Of18, "nodejs:18").Outcome);

    [Fact]
    public void An_update_of_no_module_is_not_about_a_module() =>
        Assert.Equal("the package is of the module nodejs:18, and the update is of none", Of(Update("Important: nodejs security update", "1:20.1.0-1.el8"), Of18, "nodejs:18").Explanation.Reason);

    static Advisory Update(string summary, string fix) => OsvJson.About("AlmaLinux:8", "nodejs", $"introduced 0, fixed {fix}", "ALSA-2026:1", $"\"summary\": \"{summary}\",");

    static Match Of(Advisory advisory, string version, string? stream) => Matches.Of(advisory, Matches.Component("AlmaLinux:8", "nodejs", version, stream: stream));
}
