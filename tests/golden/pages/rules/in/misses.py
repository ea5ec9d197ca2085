"""What no rule may find, though it bears the names: é 🚀. dataclass, eval(x), attr.s, attr.define"""

import functools
import hashlib
import os
import ssl
import subprocess

import requests
import yaml
from garden import (
    ABC,
    FTP,
    Enum,
    Flag,
    Generic,
    IntEnum,
    IntFlag,
    Lock,
    NamedTuple,
    Pool,
    Process,
    ProcessPoolExecutor,
    Protocol,
    RLock,
    StrEnum,
    Telnet,
    TestCase,
    Thread,
    ThreadPoolExecutor,
    TypedDict,
    Unpickler,
    abstractmethod,
    abstractproperty,
    asynccontextmanager,
    attrs,
    cache,
    cached_property,
    contextmanager,
    dataclass,
    define,
    deprecated,
    final,
    fixture,
    frozen,
    garden,
    lru_cache,
    overload,
    parametrize,
    runtime_checkable,
    s,
    singledispatch,
    total_ordering,
    unique,
    wraps,
)


@dataclass
@s
@attrs
@define
@frozen
@final
@unique
@runtime_checkable
@total_ordering
class Tree(ABC, Enum, IntEnum, StrEnum, Flag, IntFlag, Protocol, NamedTuple, TypedDict, Generic, TestCase, Unpickler): ...


@contextmanager
@asynccontextmanager
@abstractmethod
@abstractproperty
@overload
@wraps
@singledispatch
@deprecated
@fixture
@parametrize
@lru_cache
@cache
@cached_property
def grow(): ...


def own_decorators(garden):
    def property(function): ...

    def staticmethod(function): ...

    def classmethod(function): ...

    class Exception: ...

    class Rotten(Exception):
        @property
        def height(self): ...

        @staticmethod
        def plant(): ...

        @classmethod
        def graft(cls): ...

    return Rotten


def own_names(garden, text):
    def eval(é): ...

    def exec(é): ...

    def compile(é): ...

    def __import__(é): ...

    eval(text)
    exec(text)
    compile(text)
    __import__(text)
    garden.eval(text)


def others(garden, data):
    garden.namedtuple("é")
    Thread(), Lock(), RLock(), Process(), Pool(), ThreadPoolExecutor(), ProcessPoolExecutor()
    garden.run(), garden.gather(), garden.create_task(), garden.sleep(1), garden.create_subprocess_shell("ls")
    functools.partial(garden.lru_cache)
    garden.load(data), garden.loads(data), Unpickler(data), garden.open("🚀")
    garden.load_all(data), garden.unsafe_load(data), garden.full_load(data)
    garden.system("ls"), garden.popen("ls"), garden.execvp("ls"), garden.spawnl("ls"), os.execute
    garden.getoutput("ls"), garden.getstatusoutput("ls"), garden.mktemp()
    Telnet("localhost"), FTP("localhost"), garden._create_unverified_context


def safe(url, data, context, session, SafeLoader):
    yaml.load(data, Loader=SafeLoader)
    yaml.load(data, yaml.CSafeLoader)
    yaml.load_all(data, Loader=yaml.BaseLoader)
    hashlib.md5(data, usedforsecurity=False)
    hashlib.sha1(data, usedforsecurity = False)
    hashlib.new("sha256", data)
    hashlib.new("md5", data, usedforsecurity=False)
    subprocess.run(["ls", "shell=True"], shell=False)
    subprocess.call(data, f(shell=True))
    subprocess.check_call(data)  # shell=True
    subprocess.check_output(data, env={"shell": True})
    subprocess.Popen(data, shell=0)
    context.check_hostname = True
    context.verify_mode = ssl.CERT_REQUIRED
    requests.get(url), requests.post(url), requests.put(url, verify=True), requests.patch(url)
    requests.delete(url), requests.head(url), requests.options(url), requests.request("GET", url)
    session.get(url, verify="é"), session.post(url), session.put(url), session.patch(url)
    session.delete(url), session.head(url), session.options(url), session.request("GET", url)
