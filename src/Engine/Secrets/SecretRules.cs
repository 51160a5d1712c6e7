using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets.Rules;

namespace Plimsoll.Engine.Secrets;

/// <summary>All rules. Where two see the same characters, the one that stands first is reported.</summary>
internal static class SecretRules
{
    /// <summary>In the environment and the history, where a value may be anything: its name tells.</summary>
    public static SecretRule ByName { get; } = new("secret-by-name", "A secret, by the name of its variable", Severity.Critical);

    /// <summary>The shapes that are known wherever they stand.</summary>
    public static IReadOnlyList<SecretRule> Shapes { get; } =
    [
        .. CloudRules.All, .. PlatformRules.All, .. CodeHostRules.All, .. RegistryRules.All, .. MessageRules.All, .. PaymentRules.All,
        .. ModelRules.All, .. TelemetryRules.All, .. InfrastructureRules.All, .. ServiceRules.All, .. KeyRules.All, .. ConnectionRules.All,
    ];

    /// <summary>What files are searched for.</summary>
    public static IReadOnlyList<SecretRule> InFiles { get; } = [.. Shapes, AssignmentRule.Rule];

    static readonly Dictionary<string, int> Places = InFiles.Select((rule, place) => (rule.Id, place)).ToDictionary(StringComparer.Ordinal);

    public static int Order(SecretRule rule) => Places[rule.Id];

    /// <summary>Null where no rule for files has this id.</summary>
    public static SecretRule? Find(string id) => Places.TryGetValue(id, out var place) ? InFiles[place] : null;
}
