using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Optimizing;

/// <summary>What is there for people to read.</summary>
internal static class Documentation
{
    static readonly string[] LicenceWords = ["copyright", "licen", "copying", "notice", "authors", "credits"];

    // What a licence asks to be kept stays, by whatever name it goes.
    public static bool Has(ReadOnlySpan<byte> path) =>
        (path.IsUnder("usr/share/doc"u8) || path.IsUnder("usr/local/share/doc"u8) || path.IsUnder("usr/share/info"u8) || path.IsUnder("usr/share/gtk-doc"u8)
            || path.IsUnder("usr/share/doc-base"u8))
        && !IsLicence(PathText.Show(PathText.Name(path)));

    public static bool IsTranslation(ReadOnlySpan<byte> path) =>
        (path.IsUnder("usr/share/locale"u8) || path.IsUnder("usr/local/share/locale"u8)) && path[(path.IndexOf("/locale/"u8) + "/locale/".Length)..] is var rest && rest.Contains((byte)'/')
            && !IsEnglish(PathText.Show(rest[..rest.IndexOf((byte)'/')]))
        || path.IsUnder("usr/share/i18n/locales"u8) && !IsNeeded(PathText.Show(PathText.Name(path)));

    static bool IsLicence(string name) => LicenceWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    static bool IsEnglish(string language) => language is "C" or "POSIX" or "en" || language.StartsWith("en_", StringComparison.Ordinal)
        || language.StartsWith("en@", StringComparison.Ordinal) || language.StartsWith("C.", StringComparison.Ordinal) || language.StartsWith("l10n", StringComparison.Ordinal);

    // From which localedef makes the locales that stay.
    static bool IsNeeded(string definition) => IsEnglish(definition) || definition.StartsWith("i18n", StringComparison.Ordinal)
        || definition.StartsWith("iso", StringComparison.Ordinal) || definition.StartsWith("translit", StringComparison.Ordinal);
}
