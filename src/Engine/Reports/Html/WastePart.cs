namespace Plimsoll.Engine.Reports.Html;

/// <summary>The bytes that nobody can read: first by the instruction that hid them, which is what one can change, then file by file.</summary>
internal static class WastePart
{
    const int Causes = 20;

    public static void Write(ImageReport image, string id, HtmlWriter page)
    {
        var waste = image.Waste;
        page.Write($"<section id=\"{id}-waste\">\n<h3>Waste</h3>\n");
        if (waste.ReclaimableBytes == 0)
            page.Write($"<p class=\"none\">Every byte of the layers can be seen in a container.</p>\n");
        else
            page.Write($"<p class=\"lead\"><b>{Bytes.Show(waste.ReclaimableBytes)}</b> of {Bytes.Show(image.Image.Size)} are in files that a later layer hid. Nobody can read them, and everybody pulls them.</p>\n");
        ByCause(image, page);
        ByFile(waste, page);
        Duplicates(waste, page);
        page.Write($"<p class=\"soft\">By dive's measure: efficiency {waste.Dive.Efficiency}, {Bytes.Show(waste.Dive.WastedBytes)} wasted.</p>\n</section>\n");
    }

    static void ByCause(ImageReport image, HtmlWriter page)
    {
        var causes = image.Waste.Files.GroupBy(file => (file.HiddenBy, file.How))
            .Select(cause => (cause.Key.HiddenBy, cause.Key.How, Files: cause.Count(), Bytes: cause.Sum(file => file.Bytes)))
            .Where(cause => cause.Bytes > 0).OrderByDescending(cause => cause.Bytes).ToList();
        if (causes.Count == 0)
            return;
        page.Write($"<table>\n<caption>What hid them</caption>\n<thead><tr><th scope=\"col\">Instruction</th><th scope=\"col\" class=\"n\">Files</th><th scope=\"col\" class=\"n\">Bytes</th></tr></thead>\n<tbody>\n");
        foreach (var cause in causes.Take(Causes))
        {
            var command = image.Layers.ElementAtOrDefault(cause.HiddenBy)?.Command is { } text ? LayersPart.Show(text) : "the history does not say";
            page.Write($"<tr><th scope=\"row\"><span class=\"layer\">layer {cause.HiddenBy}</span> {How(cause.How)} <code>{(command.Length > 200 ? command[..200] + "…" : command)}</code></th><td class=\"n\">{cause.Files}</td><td class=\"n\">{Bytes.Show(cause.Bytes)}</td></tr>\n");
        }
        page.Write($"</tbody>\n</table>\n");
        PageLimits.Rest(causes.Count, Causes, "instructions", page);
    }

    static void ByFile(WasteReport waste, HtmlWriter page)
    {
        if (waste.Files.Count == 0)
            return;
        page.Write($"<details class=\"list\"><summary>{waste.Files.Count + (waste.Omitted?.Count ?? 0)} hidden files</summary>\n<table class=\"stack\" data-sortable data-filter=\"Filter hidden files\">\n<caption>Hidden files</caption>\n");
        page.Write($"<thead><tr><th scope=\"col\">Path</th><th scope=\"col\">Hidden</th><th scope=\"col\" class=\"n\">Bytes</th></tr></thead>\n<tbody>\n");
        foreach (var file in waste.Files.Take(PageLimits.Files))
            page.Write($"<tr><th scope=\"row\"><code>{file.Path}</code></th><td>layer {file.Layer} → {file.HiddenBy} <span class=\"soft\">{How(file.How)}</span></td><td class=\"n\" data-value=\"{file.Bytes:D}\">{Bytes.Show(file.Bytes)}</td></tr>\n");
        page.Write($"</tbody>\n</table>\n");
        PageLimits.Rest(waste.Files.Count + (waste.Omitted?.Count ?? 0), Math.Min(waste.Files.Count, PageLimits.Files), "files", page);
        page.Write($"</details>\n");
    }

    static void Duplicates(WasteReport waste, HtmlWriter page)
    {
        if (waste.Duplicates.Count == 0)
            return;
        page.Write($"<details class=\"list\"><summary>{Bytes.Show(waste.DuplicateBytes)} in visible files of equal content</summary>\n<table>\n<caption>Files of equal content</caption>\n");
        page.Write($"<thead><tr><th scope=\"col\">Paths</th><th scope=\"col\" class=\"n\">Copies</th><th scope=\"col\" class=\"n\">Saves</th></tr></thead>\n<tbody>\n");
        foreach (var file in waste.Duplicates.Take(PageLimits.Duplicates))
        {
            page.Write($"<tr><th scope=\"row\">");
            foreach (var path in file.Paths)
                page.Write($"<code class=\"path\">{path}</code>");
            page.Write($"</th><td class=\"n\">{file.Copies}</td><td class=\"n\">{Bytes.Show(file.Bytes)}</td></tr>\n");
        }
        page.Write($"</tbody>\n</table>\n");
        PageLimits.Rest(waste.Duplicates.Count, PageLimits.Duplicates, "groups", page);
        page.Write($"</details>\n");
    }

    static string How(HiddenHow how) => how switch
    {
        HiddenHow.Deleted => "deleted",
        HiddenHow.MetadataCopy => "copied for its owner or mode",
        _ => "overwritten",
    };
}
