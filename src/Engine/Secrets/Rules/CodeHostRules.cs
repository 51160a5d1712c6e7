using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>Keys of code hosts and of the services that build and judge code.</summary>
internal static partial class CodeHostRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("github-token", "A GitHub token", Severity.Critical, GitHubToken(), "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_") { InBinary = true, Entropy = 3 },
        new("gitlab-token", "A GitLab token", Severity.Critical, GitLabToken(),
            "glpat-", "gldt-", "glrt-", "glrtr-", "glptt-", "glcbt-", "glft-", "glsoat-", "glagent-", "gloas-", "glimt-", "glffct-", "GR1348941") { InBinary = true, Entropy = 3 },
        new("bitbucket-token", "A Bitbucket app password or access token", Severity.Critical, BitbucketToken(), "ATBB", "ATCTT3xFf") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(36) },
        new("atlassian-token", "An Atlassian API token", Severity.Critical, AtlassianToken(), "ATATT3xFf") { InBinary = true, Entropy = 4 },
        new("gitea-token", "A Gitea or Forgejo token", Severity.Critical, GiteaToken(), "gitea_token", "forgejo_token", "gitea_access_token") { Entropy = 3 },
        new("sourcegraph-token", "A Sourcegraph token", Severity.Critical, SourcegraphToken(), "sgp_") { InBinary = true, Entropy = 3, Glance = Glances.Run(44) },
        new("circleci-token", "A CircleCI token", Severity.Critical, CircleCiToken(), "CCIPAT_", "CCIPRJ_") { InBinary = true, Entropy = 3 },
        new("buildkite-token", "A Buildkite token", Severity.Critical, BuildkiteToken(), "bkua_", "bkaj_") { InBinary = true, Entropy = 3 },
        new("jenkins-token", "A Jenkins API token", Severity.Critical, JenkinsToken(), "jenkins_api_token", "jenkins_token") { Entropy = 3 },
        new("codecov-token", "A Codecov upload token", Severity.Medium, CodecovToken(), "CODECOV_TOKEN", "codecov_token") { Entropy = 3 },
        new("sonar-token", "A SonarQube token", Severity.High, SonarToken(), "sqp_", "squ_", "sqa_") { InBinary = true, Entropy = 3, Glance = Glances.Run(44) },
        new("snyk-token", "A Snyk token", Severity.High, SnykToken(), "SNYK_TOKEN", "snyk_token") { Entropy = 3 },
    ];

    [GeneratedRegex(Shape.Start + "(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})")]
    private static partial Regex GitHubToken();

    [GeneratedRegex(Shape.StartOfWord + "(?:gl(?:pat|dt|rtr?|ptt|cbt|ft|soat|agent|oas|imt|ffct)-[A-Za-z0-9_.-]{20,300}|GR1348941[A-Za-z0-9_-]{20})")]
    private static partial Regex GitLabToken();

    [GeneratedRegex(Shape.Start + "(?:ATBB[A-Za-z0-9]{32}(?![A-Za-z0-9+/=_-])|ATCTT3xFf[A-Za-z0-9+/=_-]{60,300})")]
    private static partial Regex BitbucketToken();

    [GeneratedRegex(Shape.Start + "ATATT3xFf[A-Za-z0-9+/=_-]{100,300}")]
    private static partial Regex AtlassianToken();

    [GeneratedRegex("\\G(?:gitea_(?:access_)?token|forgejo_token)" + Shape.Set + "(?<secret>[0-9a-f]{40})" + Shape.End, Shape.AnyCase)]
    private static partial Regex GiteaToken();

    [GeneratedRegex(Shape.StartOfWord + "sgp_(?:[a-f0-9]{16}_|local_)?[a-f0-9]{40}" + Shape.EndOfWord)]
    private static partial Regex SourcegraphToken();

    [GeneratedRegex(Shape.Start + "CCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[a-f0-9]{40}" + Shape.End)]
    private static partial Regex CircleCiToken();

    [GeneratedRegex(Shape.Start + "bk(?:ua|aj)_[a-z0-9]{40}" + Shape.End)]
    private static partial Regex BuildkiteToken();

    [GeneratedRegex("\\Gjenkins_(?:api_)?token" + Shape.Set + "(?<secret>(?:11)?[0-9a-f]{32})" + Shape.End, Shape.AnyCase)]
    private static partial Regex JenkinsToken();

    [GeneratedRegex("\\G(?:CODECOV_TOKEN|codecov_token)" + Shape.Set + "(?<secret>" + Shape.Uuid + ")")]
    private static partial Regex CodecovToken();

    [GeneratedRegex(Shape.StartOfWord + "sq[pua]_[a-f0-9]{40}" + Shape.EndOfWord)]
    private static partial Regex SonarToken();

    [GeneratedRegex("\\G(?:SNYK_TOKEN|snyk_token)" + Shape.Set + "(?<secret>" + Shape.Uuid + ")")]
    private static partial Regex SnykToken();
}
