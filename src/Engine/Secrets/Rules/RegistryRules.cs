using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>Keys of package and image registries, and the files in which their clients keep them.</summary>
internal static partial class RegistryRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("npm-token", "An npm access token", Severity.Critical, NpmToken(), "npm_") { InBinary = true, Entropy = 3, Glance = Glances.Run(40) },
        new("pypi-token", "A PyPI upload token", Severity.Critical, PyPiToken(), "pypi-AgE") { InBinary = true, Entropy = 3 },
        new("rubygems-key", "A RubyGems API key", Severity.Critical, RubyGemsKey(), "rubygems_") { InBinary = true, Entropy = 3, Glance = Glances.Run(57) },
        new("nuget-key", "A NuGet API key", Severity.Critical, NuGetKey(), "oy2") { Entropy = 3.5, Glance = Glances.Run(46) },
        new("crates-io-token", "A crates.io token", Severity.Critical, CratesIoToken(), "cio") { Entropy = 3.5, Glance = Glances.Run(35) },
        new("docker-hub-token", "A Docker Hub access token", Severity.Critical, DockerHubToken(), "dckr_pat_", "dckr_oat_") { InBinary = true, Entropy = 3 },
        new("artifactory-key", "A JFrog Artifactory key or token", Severity.Critical, ArtifactoryKey(), "AKCp", "cmVmdGtu") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(64) },
        new("clojars-token", "A Clojars token", Severity.Critical, ClojarsToken(), "CLOJARS_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(68) },
        new("docker-config-auth", "Registry credentials in a Docker configuration", Severity.Critical, DockerConfigAuth(), "\"auth\"") { Holds = Encoded.IsUserAndPassword },
        new("npmrc-auth", "Credentials in an .npmrc", Severity.Critical, NpmrcAuth(), "_authToken", ":_password", "_auth") { Entropy = 2.5, Glance = Glances.Assigned(12) },
        new("pypirc-password", "A password in a .pypirc", Severity.Critical, PypircPassword(), "[pypi]", "[testpypi]") { Entropy = 2.5 },
        new("netrc-password", "A password in a .netrc", Severity.Critical, NetrcPassword(), "machine ") { Entropy = 2 },
        new("maven-password", "A password in a Maven settings.xml", Severity.Critical, MavenPassword(), "<server>") { Entropy = 2, Reach = 1024 },
        new("nuget-config-password", "A password in a NuGet.Config", Severity.Critical, NuGetConfigPassword(), "ClearTextPassword") { Entropy = 2 },
    ];

    [GeneratedRegex(Shape.Start + "npm_[A-Za-z0-9]{36}" + Shape.End)]
    private static partial Regex NpmToken();

    [GeneratedRegex(Shape.StartOfWord + "pypi-AgE[A-Za-z0-9_-]{40,400}")]
    private static partial Regex PyPiToken();

    [GeneratedRegex(Shape.Start + "rubygems_[a-f0-9]{48}" + Shape.End)]
    private static partial Regex RubyGemsKey();

    [GeneratedRegex("\\G(?<![A-Za-z0-9+/_-])oy2[a-z0-9]{43}(?![A-Za-z0-9+/_=-])")]
    private static partial Regex NuGetKey();

    [GeneratedRegex("\\G(?<![A-Za-z0-9+/_-])cio[A-Za-z0-9]{32}(?![A-Za-z0-9+/_=-])")]
    private static partial Regex CratesIoToken();

    [GeneratedRegex(Shape.Start + "dckr_[op]at_[A-Za-z0-9_-]{20,60}" + Shape.EndOfWord)]
    private static partial Regex DockerHubToken();

    [GeneratedRegex("\\G(?<![A-Za-z0-9+/_-])(?:AKCp[A-Za-z0-9]{69}|cmVmdGtuOj[A-Za-z0-9]{54})(?![A-Za-z0-9+/_=-])")]
    private static partial Regex ArtifactoryKey();

    [GeneratedRegex("\\GCLOJARS_[a-z0-9]{60}" + Shape.End)]
    private static partial Regex ClojarsToken();

    [GeneratedRegex("\\G\"auth\"\\s{0,4}:\\s{0,4}\"(?<secret>[A-Za-z0-9+/]{8,500}={0,2})\"")]
    private static partial Regex DockerConfigAuth();

    [GeneratedRegex("\\G(?:(?<=[:\\s/]|^)_auth(?:Token)?|:_password)\\s{0,3}=\\s{0,3}[\"']?(?<secret>[A-Za-z0-9+/_.=-]{12,300})")]
    private static partial Regex NpmrcAuth();

    [GeneratedRegex("\\G\\[(?:test)?pypi\\][^\\[]{0,300}?\\bpassword\\s{0,4}[=:]\\s{0,4}(?<secret>[^\\s$%{][^\\s]{5,300})")]
    private static partial Regex PypircPassword();

    [GeneratedRegex("\\G(?<![^\\s'\"])machine [A-Za-z0-9.:_-]{3,200}\\s{1,20}login\\s{1,20}[^\\s]{1,200}\\s{1,20}password\\s{1,20}(?<secret>[^\\s'\"]{4,300})")]
    private static partial Regex NetrcPassword();

    [GeneratedRegex("\\G<server>(?:[^<]|<(?!/?server>|password>)){0,800}<password>\\s{0,20}(?<secret>[^<{$\\s][^<\\s]{3,200})\\s{0,20}</password>")]
    private static partial Regex MavenPassword();

    [GeneratedRegex("\\GClearTextPassword\"\\s{1,4}value=\"(?<secret>[^\"%$<]{4,200})\"")]
    private static partial Regex NuGetConfigPassword();
}
