using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>Keys of the large clouds, in the shapes that their documentation and their own scanners' documentation give.</summary>
internal static partial class CloudRules
{
    /// <summary>The keys of Microsoft's storage and database emulators, which its documentation prints.</summary>
    static readonly AllowRule Emulator = AllowRule.Value("the key of an emulator, the same for everybody (Azurite, the Cosmos DB emulator)", value =>
        value.StartsWith("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1", StringComparison.Ordinal) || value.StartsWith("C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEH", StringComparison.Ordinal));

    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("aws-access-key-id", "An AWS access key id", Severity.High, AwsAccessKeyId(), "AKIA", "ASIA", "ABIA", "ACCA") { InBinary = true, Entropy = 3, Glance = Glances.Run(20) },
        new("aws-secret-access-key", "An AWS secret access key", Severity.Critical, AwsSecretAccessKey(), "secret_access_key", "secretaccesskey", "aws_secret_key") { Entropy = 4 },
        new("aws-session-token", "An AWS session token", Severity.High, AwsSessionToken(), "session_token", "sessiontoken") { Entropy = 4, Reach = 2048 },
        new("aws-bedrock-key", "An Amazon Bedrock API key", Severity.Critical, AwsBedrockKey(), "ABSKQmVkcm9ja0FQSUtleS") { InBinary = true },
        new("aws-mws-token", "An Amazon MWS token", Severity.Critical, AwsMwsToken(), "amzn.mws.") { InBinary = true },
        new("google-api-key", "A Google API key", Severity.High, GoogleApiKey(), "AIza") { InBinary = true, Entropy = 3, Glance = Glances.Run(39) },
        new("gcp-service-account", "A Google Cloud service-account key", Severity.Critical, GcpServiceAccount(), "\"service_account\"")
            { Reach = SecretRule.LongestReach, Holds = Encoded.HasKeyBody },
        new("google-oauth-secret", "A Google OAuth client secret", Severity.Critical, GoogleOAuthSecret(), "GOCSPX-") { InBinary = true, Entropy = 3 },
        new("google-oauth-token", "A Google OAuth token", Severity.High, GoogleOAuthToken(), "ya29.", "1//0") { Entropy = 3.5, Glance = Glances.Run(44) },
        new("azure-storage-key", "An Azure storage or Cosmos DB key", Severity.Critical, AzureStorageKey(), "AccountKey=", "AZURE_STORAGE_KEY", "AZURE_STORAGE_ACCESS_KEY")
            { Entropy = 4, Allows = [Emulator] },
        new("azure-shared-access-key", "An Azure Service Bus, Event Hubs or IoT Hub key", Severity.Critical, AzureSharedAccessKey(), "SharedAccessKey=") { Entropy = 4 },
        new("azure-sas", "An Azure shared access signature", Severity.High, AzureSas(), "?sig=", "&sig=", ";sig=") { Entropy = 4 },
        new("azure-client-secret", "An Entra ID (Azure AD) client secret", Severity.Critical, AzureClientSecret(), "7Q~", "8Q~", "9Q~") { Lead = 4, Entropy = 3.5, Glance = Glances.Run(34) },
        new("azure-devops-token", "An Azure DevOps access token", Severity.Critical, AzureDevOpsToken(), "AZDO") { Lead = 77, Entropy = 3.5, InBinary = true },
        new("azure-service-key", "An Azure AI, Search, Functions or Container Registry key", Severity.Critical, AzureServiceKey(), "JQQJ99", "AzSe", "AzFu", "+ACR")
            { Lead = 77, Entropy = 3.5, InBinary = true },
        new("azure-app-configuration", "An Azure App Configuration connection string", Severity.Critical, AzureAppConfiguration(), ".azconfig.io;Id=") { Entropy = 3.5 },
        new("alibaba-access-key-id", "An Alibaba Cloud access key id", Severity.High, AlibabaAccessKeyId(), "LTAI") { InBinary = true, Entropy = 3.2, Glance = Glances.Run(20) },
        new("tencent-secret-id", "A Tencent Cloud secret id", Severity.High, TencentSecretId(), "AKID") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(36) },
        new("yandex-api-key", "A Yandex Cloud API key", Severity.Critical, YandexApiKey(), "AQVN") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(39) },
        new("ibm-cloud-key", "An IBM Cloud API key", Severity.Critical, IbmCloudKey(), "ibmcloud_api_key", "ibm_cloud_api_key", "ic_api_key") { Entropy = 3.5 },
    ];

    [GeneratedRegex(Shape.Start + "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])")]
    private static partial Regex AwsAccessKeyId();

    [GeneratedRegex("\\G(?:secret_?access_?key|aws_secret_key)" + Shape.Set + "(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])", Shape.AnyCase)]
    private static partial Regex AwsSecretAccessKey();

    [GeneratedRegex("\\Gsession_?token" + Shape.Set + "(?<secret>(?:IQoJ|FwoG|FQoG|Fwo|FQo)[A-Za-z0-9/+=]{100,1800})", Shape.AnyCase)]
    private static partial Regex AwsSessionToken();

    [GeneratedRegex(Shape.Start + "ABSKQmVkcm9ja0FQSUtleS[A-Za-z0-9+/]{60,300}={0,2}")]
    private static partial Regex AwsBedrockKey();

    [GeneratedRegex("\\Gamzn\\.mws\\." + Shape.Uuid)]
    private static partial Regex AwsMwsToken();

    [GeneratedRegex(Shape.StartOfWord + "AIza[A-Za-z0-9_-]{35}" + Shape.EndOfWord)]
    private static partial Regex GoogleApiKey();

    [GeneratedRegex("\\G\"service_account\"[^{}]{0,600}?\"private_key\"\\s{0,4}:\\s{0,4}\"(?<secret>-----BEGIN [A-Z ]{0,4}PRIVATE KEY-----[A-Za-z0-9+/=\\\\]{200,6000})")]
    private static partial Regex GcpServiceAccount();

    [GeneratedRegex(Shape.StartOfWord + "GOCSPX-[A-Za-z0-9_-]{28}" + Shape.EndOfWord)]
    private static partial Regex GoogleOAuthSecret();

    [GeneratedRegex("\\G(?<![A-Za-z0-9_/-])(?:ya29\\.[A-Za-z0-9_-]{40,400}|1//0[A-Za-z0-9_-]{40,120})")]
    private static partial Regex GoogleOAuthToken();

    [GeneratedRegex("\\G(?:AccountKey=|AZURE_STORAGE_(?:ACCESS_)?KEY" + Shape.Set + ")(?<secret>[A-Za-z0-9+/]{86}==)")]
    private static partial Regex AzureStorageKey();

    [GeneratedRegex("\\GSharedAccessKey=(?<secret>[A-Za-z0-9+/]{43}=)")]
    private static partial Regex AzureSharedAccessKey();

    [GeneratedRegex("\\G[?&;]sig=(?<secret>[A-Za-z0-9%/+]{42,70}(?:%3[Dd]|=))")]
    private static partial Regex AzureSas();

    [GeneratedRegex("(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}[789]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])")]
    private static partial Regex AzureClientSecret();

    [GeneratedRegex("(?<![A-Za-z0-9+/])[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9+/=])")]
    private static partial Regex AzureDevOpsToken();

    [GeneratedRegex("(?<![A-Za-z0-9+/])(?:[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}|[A-Za-z0-9]{42}AzSe[A-Za-z0-9]{6}|[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{6}==|[A-Za-z0-9+/]{42}\\+ACR[A-Za-z0-9+/]{6})(?![A-Za-z0-9+/=])")]
    private static partial Regex AzureServiceKey();

    [GeneratedRegex("\\G\\.azconfig\\.io;Id=[^;\\s]{4,60};Secret=(?<secret>[A-Za-z0-9+/]{36,120}={0,2})")]
    private static partial Regex AzureAppConfiguration();

    [GeneratedRegex(Shape.Start + "LTAI[A-Za-z0-9]{16,26}" + Shape.End)]
    private static partial Regex AlibabaAccessKeyId();

    [GeneratedRegex(Shape.Start + "AKID[A-Za-z0-9]{32}" + Shape.End)]
    private static partial Regex TencentSecretId();

    [GeneratedRegex(Shape.StartOfWord + "AQVN[A-Za-z0-9_-]{35,38}" + Shape.EndOfWord)]
    private static partial Regex YandexApiKey();

    [GeneratedRegex("\\G(?:ibm_?cloud_api_key|ic_api_key)" + Shape.Set + "(?<secret>[A-Za-z0-9_-]{44})" + Shape.EndOfWord, Shape.AnyCase)]
    private static partial Regex IbmCloudKey();
}
