using System.Text.Json;
using Plimsoll.Engine.Dockerfiles.Attribution;

namespace Plimsoll.Engine.Dockerfiles.Reports;

/// <summary>
/// An image by the instructions that made it: <c>{ fits, parting, instructions[], base, findings[], secrets[] }</c>. Of one that was not built from
/// the file nothing is told but where the two part.
/// </summary>
internal static class AttributionJson
{
    public static void Write(Utf8JsonWriter json, ImageAttribution image)
    {
        json.WriteStartObject();
        json.WriteBoolean("fits", image.Fits);
        json.Part("parting", image.Parts, Write);
        json.Each("instructions", image.Fits ? image.Instructions : [], Write);
        json.Part("base", image.Fits ? image.Others : null, Write);
        FoundJson.Write(json, image.Fits ? image.Found : FoundThere.Nothing);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, AttributionParting parting)
    {
        json.WriteStartObject();
        json.WriteNumber("line", parting.At.Line);
        json.WriteString("text", parting.Text);
        json.WriteString("there", parting.There);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, InstructionCost cost)
    {
        json.WriteStartObject();
        json.Number("line", cost.Line);
        json.WriteString("text", cost.Text);
        json.WriteBoolean("isInImage", cost.IsInImage);
        json.Number("layer", cost.Layer);
        json.WriteNumber("bytes", cost.Bytes);
        json.WriteNumber("wastedBytes", cost.Wasted);
        json.Each("hiddenBy", cost.HiddenBy, Write);
        json.WriteNumber("hidesBytes", cost.Hides);
        FoundJson.Write(json, cost.Found);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, WasteCause cause)
    {
        json.WriteStartObject();
        json.Number("line", cause.Line);
        json.WriteNumber("layer", cause.Layer);
        json.WriteString("how", JsonParts.Word(cause.How));
        json.WriteNumber("bytes", cause.Bytes);
        json.WriteEndObject();
    }
}
