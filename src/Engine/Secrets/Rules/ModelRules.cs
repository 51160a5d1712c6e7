using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>Keys of the services that run language models, and of those around them.</summary>
internal static partial class ModelRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("anthropic-key", "An Anthropic API key", Severity.Critical, AnthropicKey(), "sk-ant-") { InBinary = true, Entropy = 3 },
        new("openrouter-key", "An OpenRouter API key", Severity.Critical, OpenRouterKey(), "sk-or-v1-") { InBinary = true, Entropy = 3 },
        new("openai-key", "An OpenAI API key", Severity.Critical, OpenAiKey(), "sk-proj-", "sk-svcacct-", "sk-admin-", "T3BlbkFJ") { InBinary = true, Entropy = 3, Lead = 150 },
        new("hugging-face-token", "A Hugging Face token", Severity.Critical, HuggingFaceToken(), "hf_", "api_org_") { InBinary = true, Entropy = 3, Glance = Glances.Run(37) },
        new("replicate-token", "A Replicate API token", Severity.Critical, ReplicateToken(), "r8_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(40) },
        new("groq-key", "A Groq API key", Severity.Critical, GroqKey(), "gsk_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(56) },
        new("perplexity-key", "A Perplexity API key", Severity.Critical, PerplexityKey(), "pplx-") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(53) },
        new("xai-key", "An xAI API key", Severity.Critical, XaiKey(), "xai-") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(84) },
        new("nvidia-key", "An NVIDIA API key", Severity.Critical, NvidiaKey(), "nvapi-") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(66) },
        new("langsmith-key", "A LangSmith API key", Severity.Critical, LangSmithKey(), "lsv2_pt_", "lsv2_sk_") { InBinary = true, Entropy = 3 },
        new("pinecone-key", "A Pinecone API key", Severity.Critical, PineconeKey(), "pcsk_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(60) },
        new("wandb-key", "A Weights & Biases API key", Severity.Critical, WandbKey(), "wandb_api_key") { Entropy = 3 },
        new("model-service-key", "A key of a model service (Mistral, Cohere, DeepSeek, Together, Voyage)", Severity.Critical, ModelServiceKey(),
            "mistral_api_key", "cohere_api_key", "co_api_key", "deepseek_api_key", "together_api_key", "voyage_api_key") { Entropy = 3 },
    ];

    [GeneratedRegex(Shape.StartOfWord + "sk-ant-[A-Za-z0-9_-]{32,200}")]
    private static partial Regex AnthropicKey();

    [GeneratedRegex(Shape.StartOfWord + "sk-or-v1-[a-f0-9]{64}" + Shape.End)]
    private static partial Regex OpenRouterKey();

    [GeneratedRegex("(?<![A-Za-z0-9_-])sk-(?:(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,220}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}" + Shape.EndOfWord + ")")]
    private static partial Regex OpenAiKey();

    [GeneratedRegex(Shape.Start + "(?:hf|api_org)_[A-Za-z0-9]{34,40}" + Shape.End)]
    private static partial Regex HuggingFaceToken();

    [GeneratedRegex(Shape.Start + "r8_[A-Za-z0-9]{37}" + Shape.End)]
    private static partial Regex ReplicateToken();

    [GeneratedRegex(Shape.Start + "gsk_[A-Za-z0-9]{52}" + Shape.End)]
    private static partial Regex GroqKey();

    [GeneratedRegex(Shape.StartOfWord + "pplx-[A-Za-z0-9]{48,56}" + Shape.EndOfWord)]
    private static partial Regex PerplexityKey();

    [GeneratedRegex(Shape.StartOfWord + "xai-[A-Za-z0-9]{80}" + Shape.EndOfWord)]
    private static partial Regex XaiKey();

    [GeneratedRegex(Shape.StartOfWord + "nvapi-[A-Za-z0-9_-]{60,70}" + Shape.EndOfWord)]
    private static partial Regex NvidiaKey();

    [GeneratedRegex(Shape.Start + "lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}" + Shape.End)]
    private static partial Regex LangSmithKey();

    [GeneratedRegex(Shape.Start + "pcsk_[A-Za-z0-9]{4,8}_[A-Za-z0-9]{50,70}" + Shape.End)]
    private static partial Regex PineconeKey();

    [GeneratedRegex("\\Gwandb_api_key" + Shape.Set + "(?<secret>[0-9a-f]{40})" + Shape.End, Shape.AnyCase)]
    private static partial Regex WandbKey();

    [GeneratedRegex("\\G(?:mistral|cohere|co|deepseek|together|voyage)_api_key" + Shape.Set + "(?<secret>(?:sk-|pa-)?[A-Za-z0-9_-]{32,64})" + Shape.EndOfWord, Shape.AnyCase)]
    private static partial Regex ModelServiceKey();
}
