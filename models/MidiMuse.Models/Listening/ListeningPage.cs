using System.Globalization;
using System.Net;
using System.Text;

namespace MidiMuse.Models.Listening;

/// <summary>A web page with everything in it: audio, questions, and a button that saves the answers as a file.</summary>
public static class ListeningPage
{
    /// <param name="test">Name of the test, which the results repeat.</param>
    /// <param name="pairs">Id, seconds until the continuation begins, and the Ogg Vorbis files of A and B.</param>
    public static string Html(string test, IReadOnlyList<(string Id, double PrimeSeconds, byte[] A, byte[] B)> pairs)
    {
        var body = new StringBuilder();
        for (var i = 0; i < pairs.Count; i++)
            body.Append(Pair(pairs[i], i + 1, pairs.Count));
        return Frame
            .Replace("{{test}}", WebUtility.HtmlEncode(test), StringComparison.Ordinal)
            .Replace("{{pairs}}", body.ToString(), StringComparison.Ordinal);
    }

    private static string Pair((string Id, double PrimeSeconds, byte[] A, byte[] B) pair, int number, int count) => string.Create(CultureInfo.InvariantCulture, $"""
        <fieldset data-id="{pair.Id}">
        <legend>{number} of {count}</legend>
        <p>The beginning is the same; after {pair.PrimeSeconds:0.0} seconds A and B go on in their own ways.</p>
        <p>A <audio controls preload="none" src="data:audio/ogg;base64,{Convert.ToBase64String(pair.A)}"></audio></p>
        <p>B <audio controls preload="none" src="data:audio/ogg;base64,{Convert.ToBase64String(pair.B)}"></audio></p>
        <p>Which goes on better?
        <label><input type="radio" name="{pair.Id}" value="A"> A</label>
        <label><input type="radio" name="{pair.Id}" value="B"> B</label>
        <label><input type="radio" name="{pair.Id}" value="equal"> no difference</label></p>
        </fieldset>

        """);

    private const string Frame = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Listening test</title>
        <style>
        body { font: 16px/1.5 sans-serif; max-width: 42em; margin: 2em auto; padding: 0 1em }
        fieldset { margin: 1em 0; border: 1px solid #aaa; border-radius: 4px }
        audio { vertical-align: middle; width: 85% }
        label { margin-left: 1em }
        fieldset.done legend::after { content: " \2713" }
        </style>
        <h1>Listening test</h1>
        <p>You hear short pieces in pairs. Listen to both to the end, as often as you like, then choose. There is no right
        answer. All are equally loud and played by the same synthesizer. Your answers stay on this page until you save them.</p>
        <p><label>Your name or a pseudonym <input id="listener" maxlength="60"></label></p>
        <form id="test" data-test="{{test}}">
        {{pairs}}</form>
        <p><button id="save" disabled>Save the answers</button> <span id="state"></span></p>
        <script>
        "use strict";
        const form = document.getElementById("test");
        const fields = [...form.querySelectorAll("fieldset")];
        const chosen = f => f.querySelector("input:checked")?.value;
        // One at a time: starting a piece stops the others.
        form.addEventListener("play", e => form.querySelectorAll("audio").forEach(a => { if (a !== e.target) a.pause(); }), true);
        form.addEventListener("change", () => {
            fields.forEach(f => f.classList.toggle("done", !!chosen(f)));
            const left = fields.filter(f => !chosen(f)).length;
            document.getElementById("state").textContent = left ? left + " left" : "";
            document.getElementById("save").disabled = left > 0;
        });
        document.getElementById("save").addEventListener("click", () => {
            const result = {
                test: form.dataset.test,
                listener: document.getElementById("listener").value || "anonymous",
                answers: fields.map(f => ({ id: f.dataset.id, choice: chosen(f) })),
            };
            const link = document.createElement("a");
            link.href = URL.createObjectURL(new Blob([JSON.stringify(result, null, 2)], { type: "application/json" }));
            link.download = "listening-result.json";
            link.click();
            URL.revokeObjectURL(link.href);
        });
        </script>
        </html>
        """;
}
