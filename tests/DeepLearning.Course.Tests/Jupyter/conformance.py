"""Jupyter's own conformance suite (jupyter_kernel_test), with a sample of C# for everything it can test."""

import unittest

import jupyter_kernel_test


class CSharpKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "deeplearning-csharp"
    language_name = "C#"
    file_extension = ".cs"

    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oh no");'

    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": "Math.Sq"},
    ]
    complete_code_samples = ["1 + 1", "var x = 2;", "int Twice(int v) => 2 * v;", "class C { }", "// nothing", ""]
    incomplete_code_samples = ["if (true)\n{", "int Twice(int v)\n{\n    return", "var x = (1 +", "/* open"]
    invalid_code_samples = ["var x = );", "}", "int = 3;"]

    code_page_something = "Console.WriteLine?"
    code_generate_error = 'throw new InvalidOperationException("as asked");'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"text"', "result": "text"},
        {"code": "new List<int> { 1, 2 }.Sum()", "result": "3"},
        {"code": "Tensor.Ones(2)", "mime": "text/plain"},
    ]
    code_display_data = [
        {"code": 'display("shown");', "mime": "text/plain"},
        {"code": 'HTML("<b>bold</b>").Display();', "mime": "text/html"},
        {"code": "Figure.Line(v => v * v, (0, 1)).Display();", "mime": "application/vnd.plotly.v1+json"},
    ]
    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Console.WriteLine"
    code_clear_output = 'Console.WriteLine("gone"); ClearOutput();'


if __name__ == "__main__":
    unittest.main()
