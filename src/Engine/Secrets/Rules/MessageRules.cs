using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>Keys of chat, mail and telephone services.</summary>
internal static partial class MessageRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("slack-token", "A Slack token", Severity.Critical, SlackToken(),
            "xoxa-", "xoxb-", "xoxe-", "xoxe.", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xapp-") { InBinary = true, Entropy = 2.5 },
        new("slack-webhook", "A Slack webhook", Severity.High, SlackWebhook(), "hooks.slack.com/") { InBinary = true, Entropy = 3 },
        new("discord-webhook", "A Discord webhook", Severity.High, DiscordWebhook(), "discord.com/api/webhooks/", "discordapp.com/api/webhooks/") { InBinary = true, Entropy = 3.5 },
        new("discord-token", "A Discord bot token", Severity.Critical, DiscordToken(), "discord") { Entropy = 3.5 },
        new("telegram-token", "A Telegram bot token", Severity.Critical, TelegramToken(), ":AA") { Lead = 11, Entropy = 3.5, Glance = Glances.RunAfterColon },
        new("teams-webhook", "A Microsoft Teams webhook", Severity.High, TeamsWebhook(), ".webhook.office.com/webhookb2/") { InBinary = true },
        new("google-chat-webhook", "A Google Chat webhook", Severity.High, GoogleChatWebhook(), "chat.googleapis.com/v1/spaces/") { InBinary = true },
        new("matrix-token", "A Matrix access token", Severity.Critical, MatrixToken(), "syt_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(34) },
        new("sendgrid-key", "A SendGrid API key", Severity.Critical, SendGridKey(), "SG.") { InBinary = true, Entropy = 3, Glance = Glances.Run(52) },
        new("mailgun-key", "A Mailgun API key", Severity.Critical, MailgunKey(), "key-") { Entropy = 3, Glance = Glances.Run(36) },
        new("mailgun-sending-key", "A Mailgun key", Severity.Critical, MailgunSendingKey(), "mailgun") { Entropy = 3 },
        new("mailchimp-key", "A Mailchimp API key", Severity.Critical, MailchimpKey(), "mailchimp", "mandrill") { Entropy = 3 },
        new("postmark-token", "A Postmark server token", Severity.Critical, PostmarkToken(), "postmark") { Entropy = 3 },
        new("brevo-key", "A Brevo (Sendinblue) key", Severity.Critical, BrevoKey(), "xkeysib-", "xsmtpsib-") { InBinary = true, Entropy = 3 },
        new("resend-key", "A Resend API key", Severity.Critical, ResendKey(), "re_") { Entropy = 3.5, Glance = Glances.Run(36) },
        new("twilio-key", "A Twilio key", Severity.Critical, TwilioKey(), "twilio") { Entropy = 3 },
    ];

    [GeneratedRegex(Shape.StartOfWord + "(?:xox[abeoprs]-[A-Za-z0-9-]{10,300}|xoxe\\.xox[bp]-[0-9]-[A-Za-z0-9]{100,300}|xapp-[0-9]-[A-Z0-9]{6,20}-[0-9]{6,20}-[a-z0-9]{40,80})")]
    private static partial Regex SlackToken();

    [GeneratedRegex("\\Ghooks\\.slack\\.com/(?:services|workflows|triggers)/(?<secret>[A-Za-z0-9_/]{20,120})")]
    private static partial Regex SlackWebhook();

    [GeneratedRegex("\\Gdiscord(?:app)?\\.com/api/webhooks/(?<secret>[0-9]{17,20}/[A-Za-z0-9_-]{60,80})")]
    private static partial Regex DiscordWebhook();

    [GeneratedRegex("\\Gdiscord[a-z_.-]{0,20}" + Shape.Set + "(?:Bot )?(?<secret>[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40})", Shape.AnyCase)]
    private static partial Regex DiscordToken();

    [GeneratedRegex("(?:(?<=bot)|(?<![A-Za-z0-9_.+/-]))[0-9]{8,10}:AA[A-Za-z0-9_-]{33}" + Shape.EndOfWord)]
    private static partial Regex TelegramToken();

    [GeneratedRegex("\\G\\.webhook\\.office\\.com/webhookb2/(?<secret>" + Shape.Uuid + "@" + Shape.Uuid + "/IncomingWebhook/[0-9a-f]{32}/" + Shape.Uuid + ")")]
    private static partial Regex TeamsWebhook();

    [GeneratedRegex("\\Gchat\\.googleapis\\.com/v1/spaces/[A-Za-z0-9_-]{6,20}/messages\\?(?<secret>key=[A-Za-z0-9_-]{30,45}&token=[A-Za-z0-9_%-]{30,80})")]
    private static partial Regex GoogleChatWebhook();

    [GeneratedRegex(Shape.Start + "syt_[A-Za-z0-9_-]{2,80}_[A-Za-z]{20}_[A-Za-z0-9]{6}" + Shape.End)]
    private static partial Regex MatrixToken();

    [GeneratedRegex("\\G(?<![A-Za-z0-9_.-])SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}" + Shape.EndOfWord)]
    private static partial Regex SendGridKey();

    [GeneratedRegex(Shape.StartOfWord + "key-[0-9a-f]{32}" + Shape.EndOfWord)]
    private static partial Regex MailgunKey();

    [GeneratedRegex("\\Gmailgun[a-z_.-]{0,20}" + Shape.Set + "(?<secret>[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})" + Shape.EndOfWord, Shape.AnyCase)]
    private static partial Regex MailgunSendingKey();

    [GeneratedRegex("\\Gmail(?:chimp)[a-z_.-]{0,20}" + Shape.Set + "(?<secret>[0-9a-f]{32}-us[0-9]{1,2})" + Shape.EndOfWord
        + "|\\Gmandrill[a-z_.-]{0,20}" + Shape.Set + "(?<secret>md-[A-Za-z0-9_-]{22})" + Shape.EndOfWord, Shape.AnyCase)]
    private static partial Regex MailchimpKey();

    [GeneratedRegex("\\Gpostmark[a-z_.-]{0,20}" + Shape.Set + "(?<secret>" + Shape.Uuid + ")", Shape.AnyCase)]
    private static partial Regex PostmarkToken();

    [GeneratedRegex(Shape.Start + "x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}" + Shape.EndOfWord)]
    private static partial Regex BrevoKey();

    [GeneratedRegex(Shape.StartOfWord + "re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}" + Shape.EndOfWord)]
    private static partial Regex ResendKey();

    [GeneratedRegex("\\Gtwilio[a-z_.-]{0,30}" + Shape.Set + "(?<secret>(?:SK)?[0-9a-f]{32})" + Shape.End, Shape.AnyCase)]
    private static partial Regex TwilioKey();
}
