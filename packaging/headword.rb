# A formula for Homebrew on Linux. It builds what is in the checkout beside it.
class Headword < Formula
  desc "Live keyword index of source repositories, for editors and terminals"
  homepage "file://#{File.expand_path("..", __dir__)}"
  license "MIT"
  head "file://#{File.expand_path("..", __dir__)}", using: :git, branch: "main"

  depends_on "cmake" => :build
  depends_on "ninja" => :build
  depends_on "node" => :build # npm brings the sources of the parser, pinned by hash
  depends_on "pkgconf" => :build
  depends_on "jansson"
  depends_on "libuv"
  depends_on :linux
  depends_on "utf8proc"
  depends_on "xxhash"

  def install
    system "cmake", "--preset", "release", *std_cmake_args
    system "cmake", "--build", "build/release"
    system "cmake", "--install", "build/release"
  end

  test do
    (testpath/"é.py").write "def greet(name):\n    \"\"\"Greet 🚀.\"\"\"\n"
    assert_match "Greet 🚀.", shell_output("#{bin}/headword show greet")
  end
end
